using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>Everything the catalogue says about a procedure; what is assumed is marked where it stands.</summary>
internal sealed class GetProcedure(ProcedureCatalogue catalogue, TimeProvider time)
{
    internal sealed record View(
        string Code, string Name, string NameVi, string NameEn, string? ShortNameVi, NamedCode Field, string Level, NamedCode CompetentAgency,
        IReadOnlyList<string> Subjects, IReadOnlyList<ComponentView> Components, bool ComponentsAssumed, ProcedureTimeLimit TimeLimit,
        IReadOnlyList<FeeView> Fees, IReadOnlyList<string> Channels, bool Online, string OnlineLevel, IReadOnlyList<ProcedureResult> Results,
        IReadOnlyList<string> LegalBasis, string? Decision, bool CodeConfirmed, string? SourceNote, DateOnly ValidFrom, string ContentHash);

    /// <param name="Number">From 1; what an upload names.</param>
    internal sealed record ComponentView(
        int Number, string Name, string NameVi, string NameEn, bool Required, int Originals, int Copies, string? Form, string? Condition, bool Assumed);

    /// <param name="AmountVnd">Đồng; null where the province sets it and no tariff is known.</param>
    /// <param name="Assumed">True when the amount is a demonstration tariff or otherwise not from a source.</param>
    internal sealed record FeeView(
        string Kind, string NameVi, long? AmountVnd, bool Assumed, string Rule, string Channel, bool Optional, PageRule? PageRule,
        IReadOnlyList<string> Exemptions, bool? Refundable);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{code}", (string code, GetProcedure handler, CancellationToken ct) => handler.HandleAsync(code, ct))
        .AllowAnonymous()
        .WithSummary("One procedure: components, time limit, fees, results, legal basis")
        .Answers<View>(200, 404);

    private async Task<IResult> HandleAsync(string code, CancellationToken ct)
    {
        if (await catalogue.FindAsync(code, ct) is not { } procedure)
            return DossierErrors.ProcedureNotFound.ToProblem();
        var content = catalogue.ContentOf(procedure);
        var day = LocalTime.Date(time.GetUtcNow());
        var tariff = (await catalogue.TariffAsync(code, ct)).Where(t => t.ValidFrom <= day && (t.ValidTo is null || t.ValidTo >= day)).ToList();
        var agency = content.CompetentAgency.Since20250701;
        var (agencyVi, agencyEn) = DataFiles.AgencyNames.GetValueOrDefault(agency, (agency, agency));
        return TypedResults.Ok(new View(
            content.Code, Text.Bilingual(content.NameVi, content.NameEn), content.NameVi, content.NameEn, content.ShortNameVi, content.Field,
            content.Level.Since20250701, new NamedCode(agency, agencyVi, agencyEn), content.Subjects,
            [.. content.Components.Select((c, i) => new ComponentView(
                i + 1, Text.Bilingual(c.NameVi, c.NameEn), c.NameVi, c.NameEn, c.Required, c.Originals, c.Copies, c.Form, c.Condition, c.Assumed))],
            content.ComponentsAssumed, content.TimeLimit, [.. content.Fees.Select(f => Show(f, tariff))], content.Channels, content.CanBeFiledOnline,
            content.OnlineLevel, content.Results, content.LegalBasis, content.Decision, content.CodeConfirmed, content.SourceNote,
            procedure.ValidFrom, procedure.ContentHash));
    }

    private static FeeView Show(ProcedureFee fee, List<TariffItem> tariff)
    {
        var item = fee.AmountVnd is null ? tariff.Find(t => t.Kind == fee.Kind) : null;
        return new FeeView(
            fee.Kind, fee.NameVi, fee.AmountVnd ?? item?.AmountVnd, fee.Assumed || item is { Assumed: true }, fee.Rule, fee.Channel, fee.Optional,
            fee.PageRule, fee.Exemptions, fee.Refundable);
    }
}
