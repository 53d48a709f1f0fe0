export { type AdamArrays, type AdamFactors, adamDescendInto, adamStepInto } from './adam/index.ts';
export { descendByAdamInto } from './adam-descent/index.ts';
export type { DescentArrays, DescentFactors } from './adam-descent/reference.ts';
export { type AttentionSize, attendBackInto, attendInto, type HeadColumns } from './attention/index.ts';
export {
  type BoxTree,
  canSearchBoxTree,
  growBoxTree,
  type Layout,
  type NearestSamples,
  searchBoxTree,
} from './box-tree/index.ts';
export { centredProductsWork, type RowRange } from './centred-products/index.ts';
export {
  combineLinesInto,
  scaleLinesInto,
  sumGradientsInto,
  sumLinesInto,
  sumSquaresInto,
} from './channel-lines/index.ts';
export { type MomentSums, momentSumsWork } from './column-moments/index.ts';
export { type ColumnRanges, columnRangesWork } from './column-ranges/index.ts';
export { addColumnsInto } from './column-sums/index.ts';
export {
  type Compute,
  cpuCompute,
  type Device,
  gramTask,
  noGpu,
  type Placement,
  type Products,
  type Task,
} from './compute/compute.ts';
export { productsOn } from './compute/cpu-products.ts';
export { openCompute } from './compute/open-compute.ts';
export {
  type ConvolutionSize,
  convolve,
  convolveBack,
  correlate,
  type Extent,
  type WindowSize,
} from './convolution/index.ts';
export { type DescendingScores, readDescending } from './descending-order/index.ts';
export {
  addInto,
  multiplyInto,
  passPositiveInto,
  rectifyInto,
  scaleInto,
} from './elementwise/index.ts';
export { fillMissingWork } from './fill-missing/index.ts';
export {
  firstPacked,
  type PackedForest,
  packForest,
  sumForestValues,
  type WalkedTree,
} from './forest-predict/index.ts';
export { type DeviceReport, deviceReport, type GpuBackend } from './gpu/index.ts';
export {
  type CentredRows,
  type ClusterSums,
  centredRows,
  centreRows,
  inertiaByLoops,
  type KMeansRows,
  kMeansRows,
  type Seeds,
  type Squares,
  seedsOf,
  type WeighedRows,
  weighedRows,
} from './k-means/index.ts';
export {
  type ColumnFactors,
  normaliseRowsBackInto,
  normaliseRowsInto,
  type RowMoments,
} from './layer-norm/index.ts';
export { type LeasedMemory, leaseMemory, returnMemory } from './lease.ts';
export {
  type LinearGradients,
  type LinearSize,
  mapRectifiedBackInto,
  mapRectifiedInto,
  mapRowsBackInto,
  mapRowsInto,
} from './linear/index.ts';
export { type LinearProblem, logisticHessianWork, logisticLossWork, residentSamples } from './linear-loss/index.ts';
export { type KernelReport, kernelReport, lazyKernel } from './load.ts';
export { type LstmMemory, type LstmSize, runLstm, runLstmBack, runLstmLayer, runLstmLayerBack } from './lstm/index.ts';
export { gram, gramWork, mirrorUpper } from './matmul/gram.ts';
export { type MatmulOptions, matmul, matmulIntoWork, matmulWork } from './matmul/index.ts';
export { multiplySingleInto, multiplySingleWork, type SingleProductOptions } from './matmul-single/index.ts';
export { poolByFourBackInto, poolByFourInto } from './max-pool/index.ts';
export { canFindNearest, nearestSamplesWork } from './nearest-samples/index.ts';
export { columnNeighboursWork, linearQuantile, medianOf, type Neighbours, select } from './order-statistics/index.ts';
export {
  type BlockSize,
  type ChannelMoments,
  type GradientSums,
  isWorthPooling,
  poolNormalisedBackInto,
  poolNormalisedInto,
  poolScaledInto,
} from './pooled-block/index.ts';
export { rectifyRowsBackInto, rectifyRowsInto } from './rectified-layer/index.ts';
export { type ResidentArrays, residentArrays } from './resident-arrays.ts';
export { isWorthApplying, Rotations, rotateRowsWork } from './rotate-rows/index.ts';
export { type ColumnScaling, scaleColumnsWork, scaleValue } from './scale-columns/index.ts';
export { softmaxRowsBackInto, softmaxRowsInto } from './softmax/index.ts';
export {
  canGrowInKernel,
  DOUBLES_BEFORE,
  type Ground,
  type GrowthProblem,
  growNodes,
  isApart,
  MAX_CLASSES,
  MAX_WEIGHT,
  makeTableArrays,
  type NodeBatch,
  type RankTable,
  withRooms,
} from './tree-grow/index.ts';
export { type Reflected, reflected } from './two-sided-reflection/index.ts';
export { upperFactorWork } from './upper-factor/index.ts';
