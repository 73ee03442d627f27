using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace HaLong.Portal.Tests.Browser;

/// <summary>Pictures of pages, for people: in artifacts/screenshots when HALONG_SCREENSHOTS is set.</summary>
internal static partial class Album
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("HALONG_SCREENSHOTS") is null or "" or "0" ? null : Root();

    public static bool IsOpen => Folder is not null;

    public static async Task KeepAsync(IPage page, string name, string how)
    {
        if (Folder is not null)
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{Other().Replace(name, "-").Trim('-')}.{how}.png"), FullPage = true });
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HaLongServices.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "artifacts", "screenshots");
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Other();
}
