namespace HaLong.Dossiers.Domain;

/// <summary>What the catalogue says about a procedure (one item of Data/procedures.json).</summary>
internal sealed record ProcedureContent
{
    public required string Code { get; init; }
    public required string NameVi { get; init; }
    public string? ShortNameVi { get; init; }
    public required string NameEn { get; init; }
    public required NamedCode Field { get; init; }
    public required Dated Level { get; init; }
    public required Dated CompetentAgency { get; init; }
    public IReadOnlyList<string> Subjects { get; init; } = [];
    public IReadOnlyList<ProcedureComponent> Components { get; init; } = [];
    public bool ComponentsAssumed { get; init; }
    public required ProcedureTimeLimit TimeLimit { get; init; }
    public IReadOnlyList<ProcedureFee> Fees { get; init; } = [];
    public IReadOnlyList<string> Channels { get; init; } = [];
    public string OnlineLevel { get; init; } = "unknown";
    public IReadOnlyList<ProcedureResult> Results { get; init; } = [];
    public IReadOnlyList<string> LegalBasis { get; init; } = [];
    public string? Decision { get; init; }
    public bool CodeConfirmed { get; init; }
    public string? SourceNote { get; init; }

    public bool CanBeFiledOnline => Channels.Contains("online");
}

/// <summary>A code with its names.</summary>
internal sealed record NamedCode(string Code, string Vi, string En);

/// <summary>A value before and since the reform of 1 July 2025.</summary>
internal sealed record Dated(string Y2023, string Since20250701);

/// <summary>One document of the list that makes a dossier.</summary>
internal sealed record ProcedureComponent(
    string NameVi, string NameEn, bool Required, int Originals, int Copies, string? Form, string? Condition, bool Assumed)
{
    /// <summary>True when the file must carry a valid electronic signature.</summary>
    public bool Signed { get; init; }
}

/// <summary>The limit in force, and what the national portal prints per channel.</summary>
internal sealed record ProcedureTimeLimit(
    int? Value, string? Unit, string? Note, bool Assumed, IReadOnlyDictionary<string, ShownLimit>? ShownByChannel);

/// <summary>A limit as printed.</summary>
internal sealed record ShownLimit(int Value, string? Unit);

/// <summary>A fee (phí) or charge (lệ phí). Amount null: set by the province.</summary>
internal sealed record ProcedureFee(
    string Kind, string NameVi, long? AmountVnd, string Rule, string Channel, IReadOnlyList<string> Exemptions,
    bool Optional, bool Assumed, PageRule? PageRule, bool? Refundable);

/// <summary>A price per page: known only when the pages are counted.</summary>
internal sealed record PageRule(string Per, long CapVnd, IReadOnlyList<PageTier> Tiers);

/// <summary>Price of the pages from one number to another.</summary>
internal sealed record PageTier(int FromPage, int? ToPage, long AmountPerPage);

/// <summary>What the applicant gets.</summary>
internal sealed record ProcedureResult(string? Code, string NameVi);
