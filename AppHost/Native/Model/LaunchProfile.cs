using System.Text.Json;

namespace HaLong.AppHost.Native;

/// <summary>Reads <c>Properties/launchSettings.json</c> of a project.</summary>
internal static class LaunchProfile
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static Dictionary<string, string?> Read(string projectPath, string? profile, out Uri[] urls)
    {
        urls = [];
        var variables = new Dictionary<string, string?>();
        var file = Path.Combine(Path.GetDirectoryName(projectPath) ?? ".", "Properties", "launchSettings.json");
        if (profile is null || !File.Exists(file))
            return variables;
        using var document = JsonDocument.Parse(File.ReadAllText(file), Lenient);
        if (!document.RootElement.TryGetProperty("profiles", out var profiles) || !profiles.TryGetProperty(profile, out var chosen))
            return variables;
        if (chosen.TryGetProperty("environmentVariables", out var environment))
        {
            foreach (var variable in environment.EnumerateObject())
                variables[variable.Name] = variable.Value.GetString();
        }

        if (chosen.TryGetProperty("applicationUrl", out var addresses))
            urls = [.. (addresses.GetString() ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(u => new Uri(u)).Where(u => u.Scheme == "http")];
        return variables;
    }
}
