using System.Text.RegularExpressions;

namespace HaLong.Signatures.Providers;

/// <summary>Section <c>Providers</c>: where signatures are made outside this service. None is asked unless it is configured.</summary>
internal sealed partial class ProviderOptions
{
    public const string Section = "Providers";

    /// <summary>Remote signing by the Cloud Signature Consortium's API v2, by name.</summary>
    public Dictionary<string, CscOptions> Csc { get; } = new(StringComparer.Ordinal);

    /// <summary>VNPT SmartCA's gateway for third parties.</summary>
    public SmartCaOptions SmartCa { get; set; } = new();

    /// <summary>Certificates on officers' own tokens.</summary>
    public ImportedOptions Imported { get; set; } = new();

    /// <summary>What is wrong with the section; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var (name, csc) in Csc)
        {
            if (!Name().IsMatch(name))
                yield return $"Providers:Csc:{name}: a name is 1 to 20 small letters, digits and hyphens.";
            if (!IsHttp(csc.Url))
                yield return $"Providers:Csc:{name}:Url must be an http address.";
            if (csc.TokenUrl.Length > 0 && !IsHttp(csc.TokenUrl))
                yield return $"Providers:Csc:{name}:TokenUrl must be an http address.";
            if (csc.ServiceToken.Length == 0 && (csc.ClientId.Length == 0 || csc.ClientSecret.Length == 0))
                yield return $"Providers:Csc:{name}: ClientId and ClientSecret, or ServiceToken, are missing.";
            if (csc.TimeoutSeconds is < 1 or > 120 || csc.LastsSeconds is < 30 or > 3600 || csc.MaxHashes is < 1 or > 1000)
                yield return $"Providers:Csc:{name}: TimeoutSeconds is 1 to 120, LastsSeconds 30 to 3600, MaxHashes 1 to 1000.";
        }

        if (SmartCa.Url.Length > 0 && !IsHttp(SmartCa.Url))
            yield return "Providers:SmartCa:Url must be an http address.";
        if (SmartCa.Url.Length > 0 && (SmartCa.SpId.Length == 0 || SmartCa.SpPassword.Length == 0))
            yield return "Providers:SmartCa:SpId or SpPassword is missing.";
        if (SmartCa.HookSecret.Length is > 0 and < 16)
            yield return "Providers:SmartCa:HookSecret must have at least 16 characters.";
        if (SmartCa.TimeoutSeconds is < 1 or > 120 || SmartCa.LastsSeconds is < 30 or > 3600 || SmartCa.MaxHashes is < 1 or > 1000)
            yield return "Providers:SmartCa: TimeoutSeconds is 1 to 120, LastsSeconds 30 to 3600, MaxHashes 1 to 1000.";
        if (SmartCa.HookWindowSeconds is < 1 or > 86_400)
            yield return "Providers:SmartCa:HookWindowSeconds must be from 1 to 86400.";
        if (Imported.ChallengeSeconds is < 30 or > 3600)
            yield return "Providers:Imported:ChallengeSeconds must be from 30 to 3600.";
    }

    private static bool IsHttp(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    [GeneratedRegex("^[a-z0-9-]{1,20}$")]
    private static partial Regex Name();
}

/// <summary>A provider that speaks the CSC API v2. Its word is <c>csc-</c> and its name.</summary>
internal sealed class CscOptions
{
    /// <summary>Address before <c>/csc/v2</c>.</summary>
    public string Url { get; set; } = "";

    /// <summary>OAuth 2 client of the provider; empty with a service token.</summary>
    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    /// <summary>Token endpoint; <c>Url/csc/v2/oauth2/token</c> unless set.</summary>
    public string TokenUrl { get; set; } = "";

    public string Scope { get; set; } = "service";

    /// <summary>A token that was agreed once, instead of the client.</summary>
    public string ServiceToken { get; set; } = "";

    /// <summary>How long the provider has for one answer.</summary>
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>How long the person has from the beginning to the authorisation.</summary>
    public int LastsSeconds { get; set; } = 300;

    /// <summary>Most hashes in one authorisation, whatever the provider allows.</summary>
    public int MaxHashes { get; set; } = 100;
}

/// <summary>The gateway of SmartCA.</summary>
internal sealed class SmartCaOptions
{
    /// <summary>Address before <c>/v1</c>; empty: not used.</summary>
    public string Url { get; set; } = "";

    /// <summary>Path behind it, for an address that names only the host.</summary>
    public string Path { get; set; } = "";

    public string SpId { get; set; } = "";

    /// <summary>Goes with every request, in the body; never logged.</summary>
    public string SpPassword { get; set; } = "";

    /// <summary>Shared with the gateway; empty: notices are refused, and the gateway is asked instead.</summary>
    public string HookSecret { get; set; } = "";

    /// <summary>True: the secret itself comes in <c>X-SmartCa-Secret</c>, for a gateway that cannot sign. False: an HMAC comes.</summary>
    public bool HookBySecret { get; set; }

    /// <summary>How far the clock of a signed notice may be off.</summary>
    public int HookWindowSeconds { get; set; } = 300;

    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>How long a person has to confirm on the telephone.</summary>
    public int LastsSeconds { get; set; } = 300;

    public int MaxHashes { get; set; } = 100;

    public bool IsOn => Url.Length > 0;
}

/// <summary>Certificates of officers on tokens that this service never holds.</summary>
internal sealed class ImportedOptions
{
    /// <summary>How long a challenge may be answered.</summary>
    public int ChallengeSeconds { get; set; } = 300;
}
