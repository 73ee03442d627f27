using System.Text.Json;

namespace HaLong.Cli.Platform;

/// <summary>A resource of the application model, as it runs now.</summary>
internal sealed record Resource(
    string Name, string Kind, string State, string Health, IReadOnlyList<string> Urls, IReadOnlyList<int> Pids, int Restarts = 0, string? Reason = null);

/// <summary>A demonstration account; exists in Development only.</summary>
internal sealed record Account(string Role, string UserName, string Password, string PersonalNumber, string Unit, string DisplayName = "", string Phone = "");

/// <summary>An OAuth client of the demonstration.</summary>
internal sealed record Client(string Role, string ClientId, string ClientSecret, IReadOnlyList<string> Scopes, IReadOnlyList<string> RedirectUris);

/// <summary><c>.run/platform.json</c>: what runs, so that scripts need not parse text.</summary>
internal sealed record PlatformFile(
    string Gateway, string Portal, IReadOnlyList<Resource> Resources, IReadOnlyList<Account> Accounts, IReadOnlyList<Client> Clients,
    IReadOnlyDictionary<string, string> Simulators)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads the file; null when nothing was started from this folder.</summary>
    public static PlatformFile? Read(string runDirectory)
    {
        var path = Path.Combine(runDirectory, "platform.json");
        return File.Exists(path) ? JsonSerializer.Deserialize<PlatformFile>(File.ReadAllText(path), Json) : null;
    }

    /// <summary>The account of a role.</summary>
    public Account Account(string role) => Accounts.First(a => a.Role == role);

    /// <summary>The client of a role.</summary>
    public Client Client(string role) => Clients.First(c => c.Role == role);
}
