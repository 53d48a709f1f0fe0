"""Writes the files that torch-file.test.ts reads: python3 make_torch_files.py (torch 2.13.0, safetensors 0.8)."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file

HERE = Path(__file__).parent

torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
net(torch.randn(5, 3))
state = net.state_dict()
torch.save(state, HERE / "state-dict.pth")
save_file(state, HERE / "state-dict.safetensors")
strided = torch.arange(12.0).reshape(3, 4).t()[1:, ::2]
halves = torch.tensor([1.0, -0.0, 6.1e-5, 5.96e-8, 65504.0, float("inf")])
mixed = {"strided": strided, "half": halves.half(), "bfloat": halves.bfloat16(), "double": halves.double()}
torch.save({"epoch": 3, "weights": mixed, "list": [1, 2.5, None, True, "a", 2**40, -7]}, HERE / "nested.pth")
net.eval()
x = torch.tensor([[1.0, -2.0, 0.5]])
expected = {name: value.tolist() for name, value in state.items()}
(HERE / "expected.json").write_text(json.dumps({"state": expected, "output": net(x).tolist()}) + "\n")


class Harm:
    def __reduce__(self):
        return (print, ("harm",))


torch.save({"x": Harm()}, HERE / "harmful.pth")

whole = {
    "bool": torch.tensor([True, False]),
    "byte": torch.tensor([0, 255], dtype=torch.uint8),
    "char": torch.tensor([-128, 127], dtype=torch.int8),
    "short": torch.tensor([-32768, 32767, 0], dtype=torch.int16),
    "int": torch.tensor([-(2**31), 5], dtype=torch.int32),
}
torch.save(whole, HERE / "integers.pth")
