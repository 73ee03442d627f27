using System.Text.Json.Serialization;

namespace HaLong.Dossiers.NationalPortal;

/// <summary>What became of a message, as far as its sender can know.</summary>
internal enum PortalOutcome
{
    Taken,

    /// <summary>Taken under this id before; nothing happened now.</summary>
    Duplicate,

    /// <summary>Refused for what it says.</summary>
    Rejected,

    /// <summary>Certainly not taken: it never left, was one too many, or we were not let in.</summary>
    NotTaken,

    /// <summary>Perhaps taken.</summary>
    Unknown,
}

/// <summary>An answer.</summary>
/// <param name="Outcome">What became of the message.</param>
/// <param name="Code">The portal's code, or our word for what failed.</param>
/// <param name="Away">The portal as a whole does not work, or not for us: others will not fare better.</param>
/// <param name="After">How long it wants to be left alone.</param>
internal sealed record PortalAnswer(PortalOutcome Outcome, string? Code = null, bool Away = false, TimeSpan? After = null);

/// <summary>Where a message stands at the portal.</summary>
/// <param name="State">unknown, pending, applied or rejected.</param>
/// <param name="Code">Why it was rejected.</param>
internal sealed record PortalMessageState([property: JsonPropertyName("state")] string State, [property: JsonPropertyName("error_code")] string? Code)
{
    public const string Unknown = "unknown", Pending = "pending", Applied = "applied", Rejected = "rejected";
}

/// <summary>A dossier as the portal knows it.</summary>
internal sealed record PortalDossier(
    [property: JsonPropertyName("MaHoSo")] string Code, [property: JsonPropertyName("TrangThaiHoSo")] short Status,
    [property: JsonPropertyName("PayloadHash")] string? Hash);

/// <summary>A page of its list, in the order of codes.</summary>
internal sealed record PortalPage(
    [property: JsonPropertyName("items")] IReadOnlyList<PortalDossier> Items, [property: JsonPropertyName("next")] string? Next);

/// <summary>An answer to a message.</summary>
internal sealed record PortalReceipt(
    [property: JsonPropertyName("error_code")] string? Code, [property: JsonPropertyName("duplicate")] bool Duplicate);

/// <summary>The portal did not answer a question, or not to be understood.</summary>
internal sealed class PortalTrouble(PortalAnswer answer, Exception? cause = null) : Exception($"The national portal: {answer.Code}", cause)
{
    public PortalAnswer Answer { get; } = answer;
}
