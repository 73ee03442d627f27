using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace HaLong.Portal.Tests.Browser;

/// <summary>Keeps the pages that tests were shown, and has a browser look at them afterwards: whatever page there is a test of is judged too:
/// one of each part of the portal, with HALONG_GALLERY=all every one that is built of other parts, and in the dark.</summary>
internal static partial class Gallery
{
    // Every state of every page takes minutes; otherwise the first of each part of the portal is looked at.
    public static readonly bool IsWhole = Album.IsOpen || Environment.GetEnvironmentVariable("HALONG_GALLERY") == "all";
    private static readonly ConcurrentDictionary<string, bool> Seen = new();
    private static readonly ConcurrentQueue<(string Name, string Html)> Pages = new();

    /// <summary>Stands between a test and the portal.</summary>
    public static DelegatingHandler Keeper() => new Handler();

    /// <summary>Looks at pages until there are none: on the narrowest phone, and in the dark.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IBrowser browser)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 320, Height = 800 }, ReducedMotion = ReducedMotion.Reduce });
        var html = "";
        await context.RouteAsync("**/*", route => AnswerAsync(route, html));
        var page = await context.NewPageAsync();
        List<string> faults = [];
        while (Pages.TryDequeue(out var next))
        {
            html = next.Html;
            await page.GotoAsync("http://portal.example/");
            var found = await Axe.TooWideAsync(page);
            faults.AddRange(found.Concat(await Axe.FaultsAsync(page)).Select(f => $"{next.Name}: {f}"));
            if (Album.IsOpen)
            {
                await Album.KeepAsync(page, "page " + next.Name, "phone");
                await page.SetViewportSizeAsync(View.Desktop.Width, View.Desktop.Height);
                await Album.KeepAsync(page, "page " + next.Name, "desktop");
                await page.SetViewportSizeAsync(320, 800);
            }

            if (!IsWhole)
                continue;
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            faults.AddRange((await Axe.FaultsAsync(page, contrastOnly: true)).Select(f => $"{next.Name}, dark: {f}"));
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        }

        return faults;
    }

    private static void Keep(HttpResponseMessage response, string html)
    {
        // A paper may be HTML, too, and is none of our pages.
        if (!html.Contains("<main id=\"main\"", StringComparison.Ordinal))
            return;
        var request = response.RequestMessage!;
        if (!IsWhole && (request.Method != HttpMethod.Get || response.StatusCode != HttpStatusCode.OK))
            return;
        var address = Ids().Replace(request.RequestUri!.AbsolutePath, "*");
        if (!IsWhole)
            address = string.Join('/', address.Split('/').Take(3));
        var parts = string.Join(' ', Tags().Matches(html).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));
        // What leaves at once for somewhere else is looked at as it stands.
        if (Seen.TryAdd(IsWhole ? $"{address} {parts}" : address, true))
            Pages.Enqueue(($"{request.Method} {request.RequestUri.PathAndQuery} {(int)response.StatusCode}", Leaving().Replace(html, "")));
    }

    // Nothing is fetched but what is embedded, and nothing runs: it is the page as it comes.
    private static Task AnswerAsync(IRoute route, string html) => new Uri(route.Request.Url).AbsolutePath switch
    {
        "/" => route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = html }),
        var sheet when sheet.EndsWith(".css", StringComparison.Ordinal) => route.FulfillAsync(new() { ContentType = "text/css", BodyBytes = Asset("site.css") }),
        var face when face.EndsWith(".woff2", StringComparison.Ordinal) => route.FulfillAsync(new() { ContentType = "font/woff2", BodyBytes = Asset(Path.GetFileName(face)) }),
        _ => route.AbortAsync(),
    };

    private static byte[] Asset(string name)
    {
        using var stream = typeof(Program).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    [GeneratedRegex("<meta http-equiv=\"refresh\" content=\"0;[^>]*>")]
    private static partial Regex Leaving();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+")]
    private static partial Regex Ids();

    [GeneratedRegex("<[a-z0-9]+(?: (?:class|role|type|data-color|data-variant|aria-invalid|aria-current)=\"[^\"]*\")*")]
    private static partial Regex Tags();

    private sealed class Handler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Content.Headers is { ContentType.MediaType: "text/html", ContentEncoding.Count: 0 })
            {
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                Keep(response, await response.Content.ReadAsStringAsync(cancellationToken));
            }

            return response;
        }
    }
}
