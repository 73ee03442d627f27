using System.ComponentModel.DataAnnotations;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Files.Checks;
using HaLong.Dossiers.Files;

namespace HaLong.Dossiers;

/// <summary>Settings of the service, section <c>Dossiers</c>.</summary>
internal sealed class DossierOptions
{
    public const string Section = "Dossiers";

    /// <summary>Where people reach the platform; printed on forms. From the root key <c>PublicUrl</c>.</summary>
    [Required, Url]
    public string PublicUrl { get; set; } = "";

    /// <summary>Agency code in dossier codes for units without one of their own. Assumed: the codes below H49 are not published.</summary>
    [Required]
    public string DefaultAgency { get; set; } = "000.00.01.H49";

    /// <summary>Agency codes by unit code.</summary>
    public Dictionary<string, string> Agencies { get; set; } = [];

    /// <summary>Working days for procedures whose limit is not known; the appointment then says that it is assumed.</summary>
    [Range(1, 365)]
    public int AssumedTimeLimitDays { get; set; } = 20;

    /// <summary>Pause before the second attempt to have a result signed; doubles each time up to a minute.</summary>
    public TimeSpan SigningRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary><c>optional</c>: the approver signs results himself where he says so; <c>required</c>: always.</summary>
    [AllowedValues("optional", "required")]
    public string PersonSignature { get; set; } = "optional";

    /// <summary>Working days that an approver has to sign a result. Assumed: no rule is known.</summary>
    [Range(1, 20)]
    public int PersonSignatureDays { get; set; } = 3;

    /// <summary>Whether a result is signed by its approver before it is sealed.</summary>
    public bool SignsPersonally(bool? asked) => PersonSignature == "required" || asked == true;

    /// <summary>A paper that nobody has worked on for so long is taken up again; longer than the longest pause between attempts.</summary>
    public TimeSpan PaperSilence { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long somebody may wait, by regime (OSS-2018, OSS-2025); a regime that is not named has the defaults.</summary>
    public Dictionary<string, WaitRules> Waits { get; set; } = [];

    /// <summary>The limits of waits under a regime.</summary>
    public WaitRules WaitsOf(string regime) => Waits.GetValueOrDefault(regime) ?? DefaultWaits;

    private static readonly WaitRules DefaultWaits = new();

    /// <summary>The agency code of a unit.</summary>
    public string AgencyOf(string unitCode) => Agencies.GetValueOrDefault(unitCode, DefaultAgency);

    /// <summary>Where anybody can follow a dossier.</summary>
    public string TrackingUrl(string code) => $"{PublicUrl.TrimEnd('/')}/api/v1/tracking/{code}";

    /// <summary>Where anybody can ask about a paper.</summary>
    public string VerifyUrl(Guid paper) => $"{PublicUrl.TrimEnd('/')}/verify/{Verification.PaperToken.Of(paper)}";
}

/// <summary>Settings of the file store, section <c>Files</c>.</summary>
internal sealed class FileOptions
{
    public const string Section = "Files";

    /// <summary>Folder of the content-addressed store, shared by all replicas; with S3 only the waiting room of this one.</summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>Largest file.</summary>
    [Range(1, 1L << 32)]
    public long MaxBytes { get; set; } = 50L * 1024 * 1024;

    /// <summary>Largest sum of the files of a dossier.</summary>
    [Range(1, 1L << 34)]
    public long MaxDossierBytes { get; set; } = 200L * 1024 * 1024;

    /// <summary>Most files in a dossier.</summary>
    [Range(1, 1000)]
    public int MaxDossierFiles { get; set; } = 100;

    /// <summary>How often files that nobody refers to are looked for.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Such files are kept this long: an upload stores the file first and its row afterwards.</summary>
    public TimeSpan OrphanAge { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a link to a document works.</summary>
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromMinutes(5);

    public S3Options S3 { get; set; } = new();

    public UploadOptions Uploads { get; set; } = new();

    public PreflightOptions Preflight { get; set; } = new();

    public ClamAvOptions ClamAv { get; set; } = new();
}
