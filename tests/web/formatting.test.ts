import { describe, expect, it } from 'vitest';
import { isFormatted, toggleMark, togglePrefix, toHtml, toPlain } from '../../web/shared/formatting.ts';

describe('the composer’s formatting', () => {
  it('becomes simple HTML', () => {
    expect(toHtml('Dear **Anna**,\n\nwe have _two_:\n- blue\n- red\n\n> you wrote\n1. first')).toBe(
      '<p>Dear <strong>Anna</strong>,</p><p>we have <em>two</em>:</p><ul><li>blue</li><li>red</li></ul>' +
        '<blockquote>you wrote</blockquote><ol><li>first</li></ol>',
    );
    expect(toHtml('See [our rules](https://shop.example/r) or https://shop.example.')).toBe(
      '<p>See <a href="https://shop.example/r">our rules</a> or <a href="https://shop.example">https://shop.example</a>.</p>',
    );
  });

  it('never becomes HTML that its writer did not mean', () => {
    expect(toHtml('<img src=x onerror=alert(1)> & "quotes"')).toBe(
      '<p>&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quotes&quot;</p>',
    );
    expect(toHtml('[x](javascript:alert(1))')).toBe('<p>[x](javascript:alert(1))</p>');
    expect(toHtml('[x](https://a"onmouseover="b)')).not.toMatch(/"onmouseover/);
  });

  it('leaves clean text for who reads plain text', () => {
    expect(toPlain('**Bold**, _soft_, [rules](https://shop.example/r)')).toBe(
      'Bold, soft, rules (https://shop.example/r)',
    );
    expect(toPlain('2 * 3 * 4, snake_case_name, a_b')).toBe('2 * 3 * 4, snake_case_name, a_b');
  });

  it('is seen only where there is some', () => {
    expect(['plain words', '2 ** 3', 'snake_case_name', 'a - b'].map(isFormatted)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(['**b**', 'so _it_ is', '- one', '> q', '1. one', '[a](https://b)'].map(isFormatted)).toEqual(
      Array(6).fill(true),
    );
  });

  it('is put around a selection and taken away again by the same key', () => {
    const on = toggleMark({ text: 'say hello now', start: 4, end: 9 }, '**');
    expect(on).toEqual({ text: 'say **hello** now', start: 6, end: 11 });
    expect(toggleMark(on, '**')).toEqual({ text: 'say hello now', start: 4, end: 9 });
    const list = togglePrefix({ text: 'one\ntwo', start: 0, end: 7 }, '- ');
    expect(list.text).toBe('- one\n- two');
    expect(togglePrefix(list, '- ').text).toBe('one\ntwo');
  });
});
