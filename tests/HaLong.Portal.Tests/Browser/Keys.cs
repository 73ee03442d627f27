using Microsoft.Playwright;

namespace HaLong.Portal.Tests.Browser;

/// <summary>Somebody who has no mouse, and has to see where the keys go.</summary>
internal sealed class Keys(IPage page)
{
    private const int Most = 120;

    private const string Here = """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body) return null;
          const s = getComputedStyle(e), r = e.getBoundingClientRect(), l = e.closest('label')?.getBoundingClientRect() ?? r;
          // Parts of a date show the focus themselves; the skip link is there only with it.
          const ring = s.outlineStyle === 'auto' || e.matches('.ds-skip-link, [type=date]') || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none';
          const seen = ring && r.width > 0 && r.bottom > 0 && r.top < innerHeight && l.right > 0;
          return `${seen ? '' : 'not seen: '}${e.tagName}#${e.id}[${e.getAttribute('name') ?? e.getAttribute('href') ?? e.textContent.trim().slice(0, 30)}]`;
        }
        """;

    /// <summary>All that clicking reaches and that is shown.</summary>
    private const string Reachable = """
        () => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
          .filter(e => e.checkVisibility({ checkVisibilityCSS: true }) && !e.disabled && !e.closest('[inert]'))
          .filter((e, i, all) => e.type !== 'radio' || all.findIndex(o => o.name === e.name) === i).length
        """;

    /// <summary>Tabs forward until what is looked for has the focus; fails where the focus cannot be seen.</summary>
    public async Task GoToAsync(string selector)
    {
        for (var pressed = 0; pressed < Most; pressed++)
        {
            if (await page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) ?? false", selector))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"No key leads to {selector} on {page.Url}.");
    }

    /// <summary>Enter in a field sends the form.</summary>
    public Task SendAsync() => Visit.TurnAsync(page, () => page.Keyboard.PressAsync("Enter"));

    /// <summary>Tabs through the page from its beginning to its end.</summary>
    /// <returns>Where the focus could not be seen, and whether something was never reached.</returns>
    public async Task<IReadOnlyList<string>> WalkAsync()
    {
        List<string> stops = [];
        var expected = await page.EvaluateAsync<int>(Reachable);
        while (stops.Count < Most)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string?>(Here) is not { } stop)
                break;
            stops.Add(stop);
        }

        var unseen = stops.Where(s => s.StartsWith("not seen", StringComparison.Ordinal)).ToList();
        if (stops.Count < expected)
            unseen.Add($"{stops.Count} of {expected} reached: {string.Join(", ", stops)}");
        return unseen;
    }
}
