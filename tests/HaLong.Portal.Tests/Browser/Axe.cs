using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace HaLong.Portal.Tests.Browser;

/// <summary>Looks at a page with axe: WCAG 2.2 A and AA, and what axe calls best practice.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    private const string Run = """
        async contrastOnly => {
          const options = contrastOnly ? { runOnly: ['color-contrast'] }
            : { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'target-size': { enabled: true } } };
          const { violations } = await axe.run(document, { ...options, resultTypes: ['violations'], iframes: false });
          return violations.flatMap(v => v.nodes.map(n => `${v.id} at ${n.target.join(' ')}: ${n.failureSummary.replace(/\s+/g, ' ')}`));
        }
        """;

    /// <summary>What is wrong with the page as it is shown now.</summary>
    /// <param name="page">Loaded.</param>
    /// <param name="contrastOnly">Only colours changed since the last look.</param>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page, bool contrastOnly = false)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>(Run, contrastOnly);
    }

    /// <summary>What reaches over the right edge; empty when nothing has to be scrolled sideways.</summary>
    public static async Task<IReadOnlyList<string>> TooWideAsync(IPage page) => await page.EvaluateAsync<string[]>("""
        () => document.documentElement.scrollWidth <= innerWidth ? []
          : [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll'))
              .map(e => `${e.tagName}.${e.className} reaches ${Math.round(e.getBoundingClientRect().right)} of ${innerWidth}: ${e.textContent.trim().slice(0, 40)}`).slice(0, 5)
        """);
}
