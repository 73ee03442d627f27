using HaLong.TestSupport;
using Microsoft.Playwright;

namespace HaLong.Portal.Tests.Browser;

/// <summary>How a page is looked at.</summary>
internal sealed record View(int Width = 1280, int Height = 800, string Language = "vi", bool Dark = false, bool Scripts = true)
{
    public static View Desktop { get; } = new();

    public static View Phone { get; } = new(390, 844);
}

/// <summary>A city for a class of tests, as browsers see it.</summary>
public sealed class Town(Servers servers, Chromium chromium) : IAsyncLifetime
{
    private readonly Dictionary<string, string> _sessions = [];

    internal City City { get; } = new(servers);

    public ValueTask InitializeAsync() => City.InitializeAsync();

    public ValueTask DisposeAsync() => City.DisposeAsync();

    /// <summary>A browser of its own, with nobody signed in.</summary>
    internal Task<Visit> StrangerAsync(View? view = null) => VisitAsync(view ?? View.Desktop, null);

    /// <summary>A browser of its own, signed in; citizens when no role is named. Sessions of the same roles are shared: who signs out begins as a stranger.</summary>
    internal async Task<Visit> SignedInAsync(View? view, params string[] roles)
    {
        var key = string.Join(' ', roles);
        if (!_sessions.TryGetValue(key, out var session))
        {
            City.Roles = roles.Length == 0 ? ["citizen"] : roles;
            await using var visit = await StrangerAsync();
            await visit.Page.GotoAsync("/sign-in");
            _sessions[key] = session = await visit.Context.StorageStateAsync();
        }

        return await VisitAsync(view ?? View.Desktop, session);
    }

    private async Task<Visit> VisitAsync(View view, string? session)
    {
        var browser = await chromium.BrowserAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = City.Url,
            Locale = view.Language == "vi" ? "vi-VN" : "en-GB",
            TimezoneId = "Asia/Ho_Chi_Minh",
            ViewportSize = new() { Width = view.Width, Height = view.Height },
            ColorScheme = view.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = view.Scripts,
            StorageState = session,
        });
        // Longer than any page takes, also where everything else runs beside it.
        context.SetDefaultTimeout(60_000);
        return new Visit(context, await context.NewPageAsync());
    }
}
