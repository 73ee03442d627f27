namespace HaLong.Dossiers.Domain;

/// <summary>What the catalogue says about a procedure (one item of Data/procedures.json). Fields are only ever added.</summary>
internal sealed record ProcedureContent
{
    public required string Code { get; init; }
    public required string NameVi { get; init; }
    public string? ShortNameVi { get; init; }
    public required string NameEn { get; init; }
    public required NamedCode Field { get; init; }
    public required Dated Level { get; init; }
    public required Dated CompetentAgency { get; init; }
    public bool CodeIntroducedAfter2023 { get; init; }

    /// <summary>Codes under which it was known before.</summary>
    public IReadOnlyList<string> PredecessorCodes { get; init; } = [];

    /// <summary>Who may apply: citizen, household, organisation, enterprise.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];
    public IReadOnlyList<ProcedureComponent> Components { get; init; } = [];
    public bool ComponentsAssumed { get; init; }
    public required ProcedureTimeLimit TimeLimit { get; init; }
    public IReadOnlyList<ProcedureFee> Fees { get; init; } = [];
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Level before the first of <see cref="OnlinePeriods"/>: full, partial, none, unknown.</summary>
    public string OnlineLevel { get; init; } = Domain.OnlineLevel.Unknown;

    /// <summary>How far it can be done online, by date, with the reason where not wholly.</summary>
    public IReadOnlyList<OnlinePeriod> OnlinePeriods { get; init; } = [];
    public IReadOnlyList<ProcedureResult> Results { get; init; } = [];
    public IReadOnlyList<string> LegalBasis { get; init; } = [];
    public string? Decision { get; init; }
    public bool CodeConfirmed { get; init; }
    public string? SourceNote { get; init; }

    /// <summary>Words that people use for it, in either language.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Codes of life events (sự kiện) it belongs to, beside those of Data/life-events.json.</summary>
    public IReadOnlyList<string> LifeEvents { get; init; } = [];

    public bool CanBeFiledOnline => Channels.Contains("online");

    /// <summary>Required components that are not there, with their numbers.</summary>
    public IEnumerable<(ProcedureComponent Component, int Number)> Missing(IEnumerable<int?> present)
    {
        var have = present.ToHashSet();
        return Components.Select((component, index) => (Component: component, Number: index + 1)).Where(c => c.Component.Required && !have.Contains(c.Number));
    }

    /// <summary>How far it can be done online on a day.</summary>
    public OnlinePeriod OnlineOn(DateOnly day) =>
        OnlinePeriods.Where(p => p.From <= day).MaxBy(p => p.From) ?? new OnlinePeriod(DateOnly.MinValue, OnlineLevel);
}

/// <summary>A code with its names.</summary>
internal sealed record NamedCode(string Code, string Vi, string En);

/// <summary>A value before and since the reform of 1 July 2025, when the district level ended (Luật 72/2025/QH15).</summary>
internal sealed record Dated(string Y2023, string Since20250701)
{
    /// <summary>First day of the two-level local government.</summary>
    public static readonly DateOnly Reform = new(2025, 7, 1);

    public string On(DateOnly day) => day < Reform ? Y2023 : Since20250701;
}

/// <summary>One document of the list that makes a dossier (thành phần hồ sơ).</summary>
internal sealed record ProcedureComponent(
    string NameVi, string NameEn, bool Required, int Originals, int Copies, string? Form, string? Condition, bool Assumed)
{
    /// <summary>True when the file must carry a valid electronic signature.</summary>
    public bool Signed { get; init; }

    /// <summary>Code in the national list (mã giấy tờ), e.g. 000.00.00.G03-KQ0249.</summary>
    public string? Code { get; init; }

    /// <summary>The case (trường hợp) in which it is asked for; null in every case.</summary>
    public string? CaseVi { get; init; }
    public string? CaseEn { get; init; }

    /// <summary>Key of an own electronic form that is this document; null when it is a file.</summary>
    public string? OwnForm { get; init; }

    /// <summary>True when an electronic copy is enough (bản điện tử).</summary>
    public bool ElectronicCopy { get; init; }

    /// <summary>Where it can come from without being asked for again; null when nothing is said about that.</summary>
    public ComponentReuse? Reuse { get; init; }
}

/// <summary>Sources from which a component is taken instead of asked for (Nghị định 224/2026/NĐ-CP, Điều 15).</summary>
/// <param name="FromStore">True when the citizen's own document store (kho dữ liệu điện tử) will do; false when a document of the store must not be used.</param>
/// <param name="ResultCodes">Codes of results or papers that are this document; nothing else of the store is.</param>
/// <param name="DataSource">Code of the national or specialised database that holds it.</param>
/// <param name="Assumed">True when not from a source.</param>
internal sealed record ComponentReuse(bool FromStore, IReadOnlyList<string>? ResultCodes, string? DataSource, bool Assumed);

/// <summary>What the applicant gets.</summary>
internal sealed record ProcedureResult(string? Code, string NameVi)
{
    public string? NameEn { get; init; }

    /// <summary>For how many months it is valid; null without end or where that is not known.</summary>
    public int? ValidityMonths { get; init; }
    public string? ValidityNote { get; init; }

    /// <summary>True when it is issued as a signed file.</summary>
    public bool Electronic { get; init; }
    public bool Assumed { get; init; }
}
