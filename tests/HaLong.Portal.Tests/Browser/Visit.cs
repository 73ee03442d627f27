using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace HaLong.Portal.Tests.Browser;

/// <summary>Somebody with a browser, and what went wrong behind their back: broken scripts, what the policy forbade, files that are not there.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = new();

    public Visit(IBrowserContext context, IPage page)
    {
        (Context, Page) = (context, page);
        Watch(page);
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public IEnumerable<string> Faults => _faults;

    /// <summary>Another tab of the same browser.</summary>
    public async Task<IPage> TabAsync()
    {
        var tab = await Context.NewPageAsync();
        Watch(tab);
        return tab;
    }

    /// <summary>Where the tab is, without the host.</summary>
    public static string At(IPage page) => new Uri(page.Url).PathAndQuery;

    /// <summary>Does what leads to another page, or to the same again, and waits until it is there.</summary>
    public static async Task TurnAsync(IPage page, Func<Task> act)
    {
        var turned = new TaskCompletionSource();
        void On(object? sender, IFrame frame) => turned.TrySetResult();
        page.FrameNavigated += On;
        await act();
        await turned.Task.WaitAsync(TimeSpan.FromSeconds(60));
        page.FrameNavigated -= On;
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        try
        {
            await page.WaitForLoadStateAsync(LoadState.Load, new() { Timeout = 10_000 });
        }
        catch (TimeoutException)
        {
            // Its scripts have run; something that is slow to load is none of the test.
        }
    }

    /// <summary>Presses the last button of the page's own form: the one that goes on.</summary>
    public static Task SendAsync(IPage page, string button = "main form[method=post] button:not([form]):not([value=more])") =>
        TurnAsync(page, () => page.Locator(button).Last.ClickAsync());

    public ValueTask DisposeAsync() => new(Context.CloseAsync());

    private void Watch(IPage page)
    {
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Console += (_, said) =>
        {
            if (said.Type == "error" && said.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
                _faults.Enqueue(said.Text);
        };
        page.Response += (_, got) =>
        {
            // Pages may say no; what they are made of may not be missing. Browsers ask for an icon by themselves.
            if (got.Status >= 400 && got.Request.ResourceType is "stylesheet" or "script" or "font" or "image" && !got.Url.EndsWith("favicon.ico", StringComparison.Ordinal))
                _faults.Enqueue($"{got.Status} {got.Url}");
        };
    }
}
