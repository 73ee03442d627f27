using HaLong.Portal.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace HaLong.Portal.Tests.Browser;

/// <summary>The operating system's Chromium: started when the first test needs it, once for all; nothing is downloaded. Without a shell around its pages it takes a third
/// of the time.</summary>
public sealed class Chromium : IAsyncDisposable
{
    internal static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _started = new(StartAsync);

    internal async Task<IBrowser> BrowserAsync()
    {
        Assert.SkipWhen(Program is null, "Chromium is not installed: apt-get install chromium.");
        return (await _started.Value).Browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated)
            return;
        var (driver, browser) = await _started.Value;
        await browser.CloseAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> StartAsync()
    {
        var driver = await Playwright.CreateAsync();
        // Other tests use the machine, too.
        Assertions.SetDefaultExpectTimeout(60_000);
        // Root has no sandbox; containers have little shared memory.
        return (driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"] }));
    }
}
