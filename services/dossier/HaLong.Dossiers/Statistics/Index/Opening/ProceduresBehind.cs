using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Index.Views;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Index.Opening;

/// <summary>The procedures behind a figure, by code.</summary>
internal sealed class ProceduresBehind(IndexSource source, IndexCounts counts, ProcedureFiguresReader procedures)
{
    public const string Kind = "procedure";

    public async Task<List<BehindItem>> ReadAsync(IndexQuestion question, (string All, string Good) names, Part part, CancellationToken ct)
    {
        var parts = await source.TogetherAsync(question.Units, question.Period, ct);
        var figures = await procedures.ReadAsync(question.Period, ct);
        var levels = await counts.LevelsAsync(question.Units, parts, ct);
        var component = ProcedureSets.Components.First(c => c.Value == names).Key;
        var (all, good) = (ProcedureSets.Counts[names.All], ProcedureSets.Counts[names.Good]);
        // What nobody can know opens to nothing.
        if (!figures.PortalKnown && (ProcedureSets.OfPortal.Contains(names.All) || (ProcedureSets.OfPortal.Contains(names.Good) && part != Part.Denominator)))
            return [];
        return [.. figures.Of(levels).Where(p => all(p, parts)).Select(p => (Procedure: p, Good: good(p, parts)))
            .Where(p => part == Part.Denominator || p.Good == (part == Part.Numerator))
            .Select(p => new BehindItem(
                Kind, p.Procedure.Code, null, p.Procedure.Code, Text.Bilingual(p.Procedure.NameVi, p.Procedure.NameEn), null, null, null, null, null, p.Good,
                Reasons.Of(component, p.Good)))];
    }
}
