using System.ComponentModel.DataAnnotations;
using HaLong.Signatures.Cryptography.Pkcs11;

namespace HaLong.Signatures;

/// <summary>Section <c>Pki</c>.</summary>
internal sealed class PkiOptions
{
    public const string Section = "Pki";

    /// <summary>Encrypts the private keys in the database. Losing it loses the keys; changing it needs them to be encrypted
    /// again.</summary>
    [Required(ErrorMessage = "Pki:KeyPassword is missing.")]
    [MinLength(12, ErrorMessage = "Pki:KeyPassword must have at least 12 characters.")]
    public string KeyPassword { get; set; } = "";

    /// <summary>Organisation in the certificates.</summary>
    [Required(ErrorMessage = "Pki:Organisation is missing.")]
    [StringLength(64, ErrorMessage = "Pki:Organisation must have at most 64 characters.")]
    public string Organisation { get; set; } = "Dịch vụ công Hạ Long (thử nghiệm)";

    /// <summary>The gateway's external address by http: certificates say that lists and status are found under its <c>/pki</c>. Taken from
    /// <c>PublicUrl</c> unless set; without either, certificates name no place. Never https: its certificate would have to be checked to
    /// check a certificate (RFC 5280 §8), and readers such as poppler, which do not ask there, trust none of ours. What is there is signed.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Administrators of this unit (the province) manage the seals of every unit; others those of their own.</summary>
    public string SupervisingUnit { get; set; } = "22";

    /// <summary>How old an answer about the status of a certificate may be: revocations are seen everywhere after this.</summary>
    [Range(1, 3600, ErrorMessage = "Pki:StatusSeconds must be from 1 to 3600.")]
    public int StatusSeconds { get; set; } = 30;

    /// <summary>How long others may rely on a signed answer about the status of a certificate.</summary>
    [Range(1, 1440, ErrorMessage = "Pki:StatusValidMinutes must be from 1 to 1440.")]
    public int StatusValidMinutes { get; set; } = 60;

    /// <summary>How long others may rely on a list of revoked certificates.</summary>
    [Range(1, 720, ErrorMessage = "Pki:ListValidHours must be from 1 to 720.")]
    public int ListValidHours { get; set; } = 24;

    /// <summary>Where new keys of authorities and seals are made and stay; nowhere but in the database when empty.</summary>
    public TokenOptions Token { get; set; } = new();

    /// <summary>True: <c>migrate</c> makes no authorities; they come from a key ceremony (<c>pki issuing-import</c>), and the root's key never is here.</summary>
    public bool RootOffline { get; set; }

    /// <summary>Where <c>/pki</c> is seen from outside; null when certificates are to name no place.</summary>
    public string? PkiUrl => PublicUrl.Length == 0 ? null : PublicUrl.TrimEnd('/') + "/pki";

    /// <summary>The same host by http on its usual port when <paramref name="url"/> is by https.</summary>
    public static string ByHttp(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
        ? new UriBuilder(address) { Scheme = Uri.UriSchemeHttp, Port = -1 }.Uri.ToString() : url;
}

/// <summary>Section <c>TimeStamps</c>.</summary>
internal sealed class TimeStampOptions
{
    public const string Section = "TimeStamps";

    /// <summary>Stands for the authority of this service, asked in process.</summary>
    public const string Own = "own";

    /// <summary>Authorities in the order they are asked; the next one when one fails. None means the own one.</summary>
    public IList<TimeStampSource> Authorities { get; } = [];

    /// <summary>How long one authority has to answer.</summary>
    [Range(1, 30, ErrorMessage = "TimeStamps:TimeoutSeconds must be from 1 to 30.")]
    public int TimeoutSeconds { get; set; } = 2;

    /// <summary>How long an authority that failed is left alone, and how often what lacks a time-stamp is tried again.</summary>
    [Range(1, 3600, ErrorMessage = "TimeStamps:RetrySeconds must be from 1 to 3600.")]
    public int RetrySeconds { get; set; } = 30;

    /// <summary>OID under which the own authority issues (UUID-based, ITU-T X.667: nobody else has it).</summary>
    [RegularExpression(@"^[0-2](\.(0|[1-9][0-9]{0,39})){1,20}$", ErrorMessage = "TimeStamps:Policy must be an OID.")]
    public string Policy { get; set; } = "2.25.67968057165559090421110620113488940773";

    /// <summary>How far the own clock may be off, in seconds; stands in every token.</summary>
    [Range(1, 60, ErrorMessage = "TimeStamps:AccuracySeconds must be from 1 to 60.")]
    public int AccuracySeconds { get; set; } = 1;
}

/// <summary>A time-stamp authority to ask.</summary>
internal sealed class TimeStampSource
{
    /// <summary>Address for RFC 3161 by HTTP, or <c>own</c>.</summary>
    public string Url { get; set; } = "";

    /// <summary>PEM of the root it is certified under; empty for ours.</summary>
    public string Root { get; set; } = "";
}

/// <summary>Section <c>Validation</c>.</summary>
internal sealed class ValidationOptions
{
    public const string Section = "Validation";

    /// <summary>Files checked at one time by one replica: each may take 50 MB.</summary>
    [Range(1, 1000, ErrorMessage = "Validation:MaxConcurrent must be from 1 to 1000.")]
    public int MaxConcurrent { get; set; } = 4;

    /// <summary>File of the trusted roots (JSON); empty for the list that is shipped, which has our own root only.</summary>
    public string TrustListPath { get; set; } = "";

    /// <summary>How often the file is looked at again.</summary>
    [Range(1, 3600, ErrorMessage = "Validation:TrustListSeconds must be from 1 to 3600.")]
    public int TrustListSeconds { get; set; } = 10;

    /// <summary>Whether validation asks issuers on the list about status, at the http addresses in their certificates, where the file does not say.</summary>
    public bool AskIssuers { get; set; }

    /// <summary>How long any issuer has to answer, whoever asks.</summary>
    [Range(1, 30, ErrorMessage = "Validation:AskTimeoutSeconds must be from 1 to 30.")]
    public int AskTimeoutSeconds { get; set; } = 3;

    /// <summary>Hosts (host or host:port) that may be asked although they have private addresses, as those of state networks have.</summary>
    public IList<string> PrivateHosts { get; } = [];

    /// <summary>How long a file waits for its turn.</summary>
    [Range(0, 60, ErrorMessage = "Validation:MaxWaitSeconds must be from 0 to 60.")]
    public int MaxWaitSeconds { get; set; } = 10;
}
