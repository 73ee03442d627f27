using HaLong.Cli.Demo;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace HaLong.Cli.Platform;

/// <summary>Waits until every resource is healthy, then writes platform.json and prints the table.</summary>
internal static class ReadyCommand
{
    /// <summary>Exit code 0 when healthy, 1 when a resource failed for good or the time is over.</summary>
    public static async Task<int> RunAsync(Arguments options)
    {
        var limit = TimeSpan.FromSeconds(int.Parse(options.Values.GetValueOrDefault("timeout", "180"), System.Globalization.CultureInfo.InvariantCulture));
        var watch = Stopwatch.StartNew();
        IReadOnlyList<Resource> resources = [];
        while (watch.Elapsed < limit)
        {
            var (hostPid, current) = ReadResources(options.RunDirectory);
            resources = current;
            if (hostPid is { } pid && !Directory.Exists($"/proc/{pid}"))
            {
                return Fail("The host has stopped.", resources);
            }

            if (resources.Count > 0 && resources.All(IsReady))
            {
                var platform = Describe(options.RunDirectory, resources);
                Save(options.RunDirectory, platform);
                Tables.Print(platform);
                AnsiConsole.MarkupLineInterpolated($"[green]healthy[/] after {watch.Elapsed.TotalSeconds:0.0} s");
                return 0;
            }

            await Task.Delay(100);
        }

        return Fail($"Not healthy after {limit.TotalSeconds:0} s.", resources);
    }

    /// <summary>What platform.json says: of the resources, the demonstration data and the generated secrets.</summary>
    public static PlatformFile Describe(string runDirectory, IReadOnlyList<Resource> resources)
    {
        var secrets = ReadSecrets(runDirectory);
        var demo = JsonNode.Parse(File.ReadAllText(DemoFile.Path))!;
        var gateway = Url(resources, "gateway");
        var portal = Url(resources, "portal");
        var password = secrets.GetValueOrDefault("demo-password", "");
        return new PlatformFile(
            gateway, portal, resources,
            [.. demo["accounts"]!.AsArray().Select(a => new Account(Text(a, "role"), Text(a, "userName"), password, Text(a, "personalNumber"), Text(a, "unit"), Text(a, "displayName"), Text(a, "phone")))],
            [.. demo["clients"]!.AsArray().Select(c => new Client(
                Text(c, "role"), Text(c, "clientId"), Text(c, "role") == "partner" ? secrets.GetValueOrDefault("partner-client-secret", "") : "",
                List(c, "scopes"),
                [.. List(c, "redirectUris").Select(u => u.Replace("{PublicUrl}", gateway, StringComparison.Ordinal).Replace("{Portal}", portal, StringComparison.Ordinal))]))],
            new Dictionary<string, string> { ["partner-lab"] = Url(resources, "partner-lab") });
    }

    /// <summary>Writes platform.json; the host keeps its resources current from here on.</summary>
    public static void Save(string runDirectory, PlatformFile platform) =>
        Write(Path.Combine(runDirectory, "platform.json"), JsonSerializer.Serialize(platform, PlatformFile.Json));

    internal static (int? HostPid, IReadOnlyList<Resource> Resources) ReadResources(string runDirectory)
    {
        var path = Path.Combine(runDirectory, "resources.json");
        if (!File.Exists(path))
        {
            return (null, []);
        }

        var file = JsonSerializer.Deserialize<ResourceFile>(File.ReadAllText(path), PlatformFile.Json);
        return (file?.HostPid, file?.Resources ?? []);
    }

    private static bool IsReady(Resource resource) => resource.Kind is "parameter" || (resource.State is "Running" or "Finished" && resource.Health is "Healthy");

    private static int Fail(string message, IReadOnlyList<Resource> resources)
    {
        AnsiConsole.MarkupLineInterpolated($"[red]{message}[/]");
        foreach (var resource in resources.Where(r => !IsReady(r)))
        {
            AnsiConsole.MarkupLineInterpolated($"  {resource.Name}: {resource.State} {resource.Health} {resource.Reason}");
        }

        return 1;
    }

    private static Dictionary<string, string> ReadSecrets(string runDirectory)
    {
        var path = Path.Combine(runDirectory, "secrets.json");
        return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))! : [];
    }

    private static string Url(IReadOnlyList<Resource> resources, string name) =>
        resources.FirstOrDefault(r => r.Name == name)?.Urls.FirstOrDefault(u => u.StartsWith("http", StringComparison.Ordinal))?.TrimEnd('/') ?? "";

    private static string Text(JsonNode? node, string name) => node?[name]?.GetValue<string>() ?? "";

    private static List<string> List(JsonNode? node, string name) => [.. node?[name]?.AsArray().Select(n => n!.GetValue<string>()) ?? []];

    /// <summary>Readable for the owner only (it holds passwords), and never half written.</summary>
    private static void Write(string path, string text)
    {
        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(text);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private sealed record ResourceFile(int? HostPid, IReadOnlyList<Resource> Resources);
}
