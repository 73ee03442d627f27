namespace HaLong.Dossiers.Satisfaction;

/// <summary>What the applicant thinks of how a dossier was handled (đánh giá mức độ hài lòng): one, which can be changed for a while.</summary>
internal sealed class DossierRating
{
    public Guid DossierId { get; init; }

    /// <summary>1 (very dissatisfied) to 5 (very satisfied).</summary>
    public short Stars { get; set; }

    public string? Comment { get; set; }
    public Guid RatedBy { get; set; }
    public DateTimeOffset RatedAt { get; init; }
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The unit that decided when it was rated: figures are counted without looking at the dossiers.</summary>
    public string UnitCode { get; init; } = "";

    public string ProcedureCode { get; init; } = "";
}
