using System.Text.Json;
using HaLong.Cli.Platform;

namespace HaLong.Cli.Demo;

/// <summary>Somebody who lives in the demonstration city and comes to the counter; cannot sign in.</summary>
internal sealed record Resident(Guid Id, string DisplayName, string PersonalNumber)
{
    /// <summary>What a receipt shows of the number, and tracking asks for.</summary>
    public string Check => PersonalNumber[^4..];
}

/// <summary>The demonstration data that identity seeds in Development.</summary>
internal static class DemoFile
{
    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "demo-accounts.json");

    public static IReadOnlyList<Resident> Residents()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path));
        return file.RootElement.GetProperty("residents").Deserialize<List<Resident>>(PlatformFile.Json)!;
    }
}
