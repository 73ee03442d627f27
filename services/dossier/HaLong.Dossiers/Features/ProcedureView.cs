using System.Text.Json.Serialization;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Statistics.Waits.Expected;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>Everything the catalogue says about a procedure on a day; what is assumed is marked where it stands.</summary>
/// <param name="Level">Level that decides on the day.</param>
/// <param name="OnlineLevel">full, partial, none or unknown on the day.</param>
/// <param name="OnlineService">The same with the reason and legal basis where it is partial.</param>
/// <param name="ValidTo">Last day of this version as far as it is known.</param>
internal sealed record ProcedureView(
    string Code, string Name, string NameVi, string NameEn, string? ShortNameVi, NamedCode Field, string Level, NamedCode CompetentAgency,
    IReadOnlyList<string> Subjects, IReadOnlyList<ComponentView> Components, bool ComponentsAssumed, ProcedureTimeLimit TimeLimit,
    IReadOnlyList<FeeView> Fees, IReadOnlyList<string> Channels, bool Online, string OnlineLevel, OnlineView OnlineService,
    IReadOnlyList<ProcedureResult> Results, IReadOnlyList<string> LegalBasis, string? Decision, bool CodeConfirmed, string? SourceNote,
    IReadOnlyList<string> PredecessorCodes, IReadOnlyList<string> Keywords, IReadOnlyList<NamedCode> LifeEvents, Guid VersionId, DateOnly ValidFrom,
    DateOnly? ValidTo, string ContentHash)
{
    /// <summary>How long it really takes, in all units; of the version in force today only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExpectedWaitView? ExpectedWait { get; init; }

    public static ProcedureView Of(Procedure procedure, ProcedureContent content, List<TariffItem> tariff, DateOnly day)
    {
        var competence = CatalogueRouting.On(content, day);
        var online = content.OnlineOn(day);
        return new ProcedureView(
            content.Code, Text.Bilingual(content.NameVi, content.NameEn), content.NameVi, content.NameEn, content.ShortNameVi, content.Field,
            competence.Level, CatalogueCodes.Agencies.Of(competence.Agency), content.Subjects,
            [.. content.Components.Select((c, i) => ComponentView.Of(c, i + 1))],
            content.ComponentsAssumed, content.TimeLimit, [.. content.Fees.Select(f => FeeView.Of(f, tariff, day))], content.Channels,
            content.CanBeFiledOnline, online.Level, OnlineView.Of(online), content.Results, content.LegalBasis, content.Decision, content.CodeConfirmed,
            content.SourceNote, content.PredecessorCodes, content.Keywords,
            [.. Catalogue.LifeEvents.Of(content).Select(e => new NamedCode(e.Code, e.Vi, e.En))], procedure.Id, procedure.ValidFrom, procedure.ValidTo,
            procedure.ContentHash);
    }
}

/// <param name="Number">From 1; what an upload names.</param>
/// <param name="Code">Code in the national list, where it is known.</param>
/// <param name="Case">The case in which it is asked for; null in every case.</param>
/// <param name="OwnForm">Key of the electronic form that is this document.</param>
/// <param name="Reuse">Where it can come from without being asked for again.</param>
internal sealed record ComponentView(
    int Number, string Name, string NameVi, string NameEn, bool Required, int Originals, int Copies, string? Form, string? Condition, bool Assumed,
    string? Code, string? Case, string? OwnForm, bool ElectronicCopy, ReuseView? Reuse)
{
    public static ComponentView Of(ProcedureComponent c, int number) => new(
        number, Text.Bilingual(c.NameVi, c.NameEn), c.NameVi, c.NameEn, c.Required, c.Originals, c.Copies, c.Form, c.Condition, c.Assumed, c.Code,
        c.CaseVi is null ? null : Text.Bilingual(c.CaseVi, c.CaseEn ?? c.CaseVi), c.OwnForm, c.ElectronicCopy,
        c.Reuse is { } r ? new ReuseView(r.FromStore, r.ResultCodes ?? [], r.DataSource is { } source ? CatalogueCodes.DataSources.Of(source) : null, r.Assumed) : null);
}

/// <param name="FromStore">True when it can be taken from the citizen's own document store.</param>
/// <param name="DataSource">The database that holds it.</param>
internal sealed record ReuseView(bool FromStore, IReadOnlyList<string> ResultCodes, NamedCode? DataSource, bool Assumed);

/// <param name="AmountVnd">Đồng; null where the province sets it and no tariff is known.</param>
/// <param name="Assumed">True when the amount is a demonstration tariff or otherwise not from a source.</param>
/// <param name="InForce">False when it is not charged on the day.</param>
internal sealed record FeeView(
    string Kind, string NameVi, long? AmountVnd, bool Assumed, string Rule, string Channel, bool Optional, PageRule? PageRule,
    IReadOnlyList<string> Exemptions, bool? Refundable, string? NameEn, string Moment, DateOnly? ValidFrom, DateOnly? ValidTo, bool InForce,
    IReadOnlyList<NamedCode> ApplicantCategories, int? MinAssurance, IReadOnlyList<ExemptionView> ExemptionRules)
{
    public static FeeView Of(ProcedureFee fee, List<TariffItem> tariff, DateOnly day)
    {
        var item = fee.AmountVnd is null ? tariff.Find(t => t.Kind == fee.Kind) : null;
        return new FeeView(
            fee.Kind, fee.NameVi, fee.AmountVnd ?? item?.AmountVnd, fee.Assumed || item is { Assumed: true }, fee.Rule, fee.Channel, fee.Optional,
            fee.PageRule, fee.Exemptions, fee.Refundable, fee.NameEn, fee.Moment, fee.ValidFrom, fee.ValidTo, fee.IsValidOn(day),
            [.. fee.ApplicantCategories.Select(CatalogueCodes.ApplicantCategories.Of)], fee.MinAssurance, [.. fee.ExemptionRules.Select(ExemptionView.Of)]);
    }
}

/// <param name="Evidence">Paper or data that proves it; null when the platform knows by itself.</param>
internal sealed record ExemptionView(NamedCode Category, int Percent, string? Evidence, string? LegalBasis, DateOnly? ValidFrom, DateOnly? ValidTo, bool Assumed)
{
    public static ExemptionView Of(FeeExemption e) => new(
        CatalogueCodes.ApplicantCategories.Of(e.Category), e.Percent, e.EvidenceVi is null ? null : Text.Bilingual(e.EvidenceVi, e.EvidenceEn ?? e.EvidenceVi),
        e.LegalBasis, e.ValidFrom, e.ValidTo, e.Assumed);
}

/// <param name="Since">First day of this level; null when it is not dated.</param>
/// <param name="Reason">Why it cannot be done wholly online.</param>
internal sealed record OnlineView(NamedCode Level, DateOnly? Since, NamedCode? Reason, string? LegalBasis, bool Assumed)
{
    public static OnlineView Of(OnlinePeriod online) => new(
        CatalogueCodes.OnlineLevels.Of(online.Level), online.From == DateOnly.MinValue ? null : online.From,
        online.ReasonCode is { } reason ? CatalogueCodes.PartialReasons.Of(reason) : null, online.LegalBasis, online.Assumed);
}
