using System.Text.Json;
using Microsoft.AspNetCore.Authentication;

namespace HaLong.Portal.Session;

/// <summary>In whose name the visitor works besides the own one. It is kept with the session, never in the browser.</summary>
/// <param name="Right">By which right, as the token exchange names it.</param>
/// <param name="Id">Of the right.</param>
/// <param name="Name">Of the person or organisation, as it is shown.</param>
public sealed record Acting(string Right, Guid Id, string Name)
{
    /// <summary>Beside a citizen who agreed to be helped.</summary>
    public const string AssistedSession = "assisted_session";

    private const string Item = "acting";
    private static readonly string[] Pages = ["/filing", "/dossiers", "/payments", "/helping/receipt", "/helping/visits/draft"];

    /// <summary>Which pages are used in the other's name; all others stay the visitor's own.</summary>
    public static bool Covers(PathString path) => Pages.Any(p => path.StartsWithSegments(p, StringComparison.Ordinal));

    /// <summary>What a session holds; null for one in the own name.</summary>
    public static Acting? Of(AuthenticationProperties? properties) =>
        properties?.Items.TryGetValue(Item, out var kept) == true && kept is not null ? JsonSerializer.Deserialize<Acting>(kept) : null;

    /// <summary>Keeps it in a session; null takes it away.</summary>
    public static void Keep(AuthenticationProperties properties, Acting? acting)
    {
        if (acting is null)
            properties.Items.Remove(Item);
        else
            properties.Items[Item] = JsonSerializer.Serialize(acting);
    }
}

/// <summary>The token in the other's name, for the pages that are used so.</summary>
internal sealed record ActingToken(string Value);

/// <summary>The API took it no more, or not for this.</summary>
internal sealed record ActingRefused;
