namespace HaLong.Dossiers.Domain;

/// <summary>Another dossier of the same owner about the same matter.</summary>
internal sealed record SameMatter(Guid DossierId, string Code, DateTimeOffset SubmittedAt);

/// <summary>The applicant knew of others about the same matter and filed none the less.</summary>
/// <param name="Reason">Why, in his words.</param>
/// <param name="By">Who decided.</param>
/// <param name="At">When.</param>
/// <param name="Others">What he was shown.</param>
internal sealed record DuplicateDecision(string Reason, Guid By, DateTimeOffset At, IReadOnlyList<SameMatter> Others);

/// <summary>Filed by reception for somebody who came in person, or whose papers came by post.</summary>
/// <param name="OfficerId">Who entered it.</param>
/// <param name="UnitCode">Where.</param>
/// <param name="SubmitterName">Who brought the papers (người nộp).</param>
/// <param name="Relation">One of <see cref="SubmitterRelation"/>.</param>
/// <param name="Evidence">What shows the right to file: the authorisation, the post's item number.</param>
/// <param name="Originals">Papers that were handed over.</param>
internal sealed record CounterFiling(
    Guid OfficerId, string UnitCode, string SubmitterName, string Relation, string? Evidence, IReadOnlyList<PaperOriginal> Originals);

/// <summary>Papers of one component as handed over at the counter.</summary>
/// <param name="Component">Number of the component from 1.</param>
/// <param name="Originals">Originals kept with the dossier; they go back with the result.</param>
/// <param name="CertifiedCopies">Certified copies.</param>
/// <param name="Copies">Plain copies.</param>
/// <param name="Note">Anything to remember.</param>
internal sealed record PaperOriginal(int Component, int Originals, int CertifiedCopies, int Copies, string? Note);

/// <summary>What the one who brings the papers is to the owner.</summary>
internal static class SubmitterRelation
{
    public const string Owner = "owner";
    public const string Authorised = "authorised";
    public const string Family = "family";

    /// <summary>The public postal service (bưu chính công ích).</summary>
    public const string Post = "post";

    public static readonly IReadOnlyList<string> All = [Owner, Authorised, Family, Post];
}
