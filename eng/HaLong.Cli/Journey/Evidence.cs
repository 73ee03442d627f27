using System.Text.Json;
using System.Text.Json.Nodes;

namespace HaLong.Cli.Journey;

/// <summary>The folder where a journey keeps what the outside world received; nothing is written without one.</summary>
internal sealed class Evidence(string? folder)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file below the folder.</summary>
    public void Save(string name, byte[] content)
    {
        if (folder is null)
        {
            return;
        }

        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    /// <summary>Writes a text file.</summary>
    public void Save(string name, string content) => Save(name, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>Writes a JSON file, indented.</summary>
    public void Save(string name, JsonNode content) => Save(name, content.ToJsonString(Indented));
}
