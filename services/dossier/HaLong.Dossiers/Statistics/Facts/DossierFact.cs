namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>
/// What statistics know of a filed dossier: codes, days, counts and the officer's account, no other personal data. It follows from the dossier's history
/// alone, so that it can be made again at any time with the same answer; all cubes follow from facts alone. Days are local (Asia/Ho_Chi_Minh).
/// </summary>
internal sealed class DossierFact
{
    public Guid DossierId { get; init; }

    // Whose and what.

    /// <summary>The unit that decides (đơn vị giải quyết), as of now.</summary>
    public required string UnitCode { get; init; }

    /// <summary>Which version of the unit, code@validFrom; null where it is not known.</summary>
    public string? UnitId { get; init; }

    /// <summary>province, district or commune.</summary>
    public required string Level { get; init; }

    /// <summary>The unit that received it.</summary>
    public required string ReceivingUnitCode { get; init; }

    /// <summary>The account of the officer who has it, or had it last; null where nobody does.</summary>
    public Guid? OfficerId { get; init; }

    public required string ProcedureCode { get; init; }
    public required string FieldCode { get; init; }

    /// <summary>Where it came from: one of <see cref="IntakeSource"/>.</summary>
    public required string Source { get; init; }

    /// <summary>Who filed it: one of <see cref="FilingHand"/>.</summary>
    public required string Hand { get; init; }

    /// <summary>The unit whose helper filed it; null when nobody helped.</summary>
    public string? HelperUnit { get; init; }

    // When.

    public DateOnly ReceivedDay { get; init; }
    public DateOnly? AcceptedDay { get; init; }

    /// <summary>The day of the result or the written refusal.</summary>
    public DateOnly? ResolvedDay { get; init; }

    public DateOnly? ReturnedDay { get; init; }

    /// <summary>The day it was over: returned, withdrawn, stopped or not accepted.</summary>
    public DateOnly? ClosedDay { get; init; }

    /// <summary>Due by the legal clock: the promise that holds now; null before acceptance.</summary>
    public DateOnly? LegalDue { get; init; }

    /// <summary>Due by the statistical clock of Decision 766: a supplement does not start the limit anew, its waiting is taken off.</summary>
    public DateOnly? StatisticalDue { get; init; }

    /// <summary>One of <see cref="Punctuality"/>, by the legal clock; null while there is no result.</summary>
    public string? Legal { get; init; }

    /// <summary>One of <see cref="Punctuality"/>, by the statistical clock; more than one supplement request is late.</summary>
    public string? Statistical { get; init; }

    // The states it went through: at the end of StateDays[i] it was in StateKinds[i], until the next.

    public DateOnly[] StateDays { get; init; } = [];

    /// <summary>See <see cref="StateKind"/>.</summary>
    public short[] StateKinds { get; init; } = [];

    // How long each step took: StayKinds[i] ended at the end of StayEnds[i] after StayMinutes[i] minutes of working time.

    /// <summary>See <see cref="StayKind"/>.</summary>
    public short[] StayKinds { get; init; } = [];

    public DateOnly[] StayEnds { get; init; } = [];
    public int[] StayMinutes { get; init; } = [];

    // What was digital.

    /// <summary>Some component had to be handed in as a file or on paper.</summary>
    public bool HasComponents { get; init; }

    /// <summary>Every component handed in was there as a file when the dossier was accepted.</summary>
    public bool DigitisedAtReception { get; init; }

    /// <summary>Components that were taken from the owner's document store.</summary>
    public short Reused { get; init; }

    /// <summary>The procedure gives a document, and the dossier was resolved.</summary>
    public bool ResultExpected { get; init; }

    /// <summary>The result is there as a signed file.</summary>
    public bool ResultElectronic { get; init; }

    /// <summary>The applicant's identity was proved by the national identity system when it was filed.</summary>
    public bool IdentityProved { get; init; }

    // What the national portal knows.

    /// <summary>Its ledger has the dossier.</summary>
    public bool InLedger { get; init; }

    /// <summary>The portal acknowledged that it was received.</summary>
    public bool ReceptionAcknowledged { get; init; }

    /// <summary>The portal acknowledged its result.</summary>
    public bool ResultAcknowledged { get; init; }

    // What happened on the way.

    public DateOnly[] SupplementDays { get; init; } = [];

    /// <summary>Days of forms 04: extensions and apologies for being late.</summary>
    public DateOnly[] ApologyDays { get; init; } = [];

    /// <summary>Corrections of the result.</summary>
    public short Corrections { get; init; }

    /// <summary>The result is a written refusal.</summary>
    public bool Refused { get; init; }

    // Money.

    /// <summary>The procedure has fees.</summary>
    public bool HasFees { get; init; }

    /// <summary>All its fees were zero or waived.</summary>
    public bool FeesZero { get; init; }

    /// <summary>How it was paid: one of <see cref="PaidBy"/>; null while nothing is paid.</summary>
    public string? PaidBy { get; init; }

    /// <summary>Đồng.</summary>
    public long PaidAmount { get; init; }

    // What people said.

    public DateOnly? RatedDay { get; init; }

    /// <summary>1 to 5; null without a rating.</summary>
    public short? Rating { get; init; }
}

/// <summary>Where a dossier came from (nguồn tiếp nhận).</summary>
internal static class IntakeSource
{
    /// <summary>The city's own online form (form trực tuyến của thành phố).</summary>
    public const string OwnForm = "own-form";

    /// <summary>The National Public Service Portal (Cổng Dịch vụ công quốc gia).</summary>
    public const string Portal = "portal";

    /// <summary>The city's mobile app.</summary>
    public const string App = "app";

    /// <summary>The counter of a one-stop unit.</summary>
    public const string Counter = "counter";

    /// <summary>The public post: its papers by post, or its helpers online.</summary>
    public const string Post = "post";

    /// <summary>Online with the help of a commune's one-stop unit, or of volunteers there.</summary>
    public const string Commune = "commune";

    /// <summary>Online with a helper who came to the applicant's home.</summary>
    public const string Home = "home";

    public static readonly IReadOnlyList<string> All = [OwnForm, Portal, App, Counter, Post, Commune, Home];

    /// <summary>Filed online (KenhThucHien = 2). Papers that came by post are not: they have <see cref="FilingHand.Reception"/>.</summary>
    public static bool IsOnline(string source, string hand) => source != Counter && hand != FilingHand.Reception;
}

/// <summary>Who filed.</summary>
internal static class FilingHand
{
    public const string Self = "self";

    /// <summary>A delegate or legal representative.</summary>
    public const string Delegate = "delegate";

    public const string Helper = "helper";

    /// <summary>Reception, for somebody at the counter or papers by post.</summary>
    public const string Reception = "reception";

    public static readonly IReadOnlyList<string> All = [Self, Delegate, Helper, Reception];
}

/// <summary>The result against its date, compared by days unless the limit is in hours.</summary>
internal static class Punctuality
{
    public const string Early = "early";

    /// <summary>Also where there was no date.</summary>
    public const string OnTime = "onTime";
    public const string Late = "late";
}

/// <summary>How fees were paid.</summary>
internal static class PaidBy
{
    /// <summary>Through the national payment platform (DuocThanhToanTrucTuyen = 1).</summary>
    public const string Portal = "portal";

    /// <summary>Online here: VietQR or another transfer (DuocThanhToanTrucTuyen = 2).</summary>
    public const string Online = "online";

    public const string Cash = "cash";

    /// <summary>By who told payment of the money.</summary>
    public static string Of(string? provider) => provider switch { Portal => Portal, Cash => Cash, _ => Online };
}
