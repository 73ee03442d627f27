namespace HaLong.Identity.Units;

/// <summary>A place that lives on for reports and on pages although no unit of that name exists, like the former city.</summary>
internal sealed class UnitGroup
{
    public required string Code { get; init; }

    public required string NameVi { get; set; }

    public required string NameEn { get; set; }

    public string? Note { get; set; }

    public List<UnitGroupPeriod> Periods { get; } = [];

    public UnitGroupPeriod? On(DateOnly day) => Periods.SingleOrDefault(p => p.ValidFrom <= day && (p.ValidTo is null || p.ValidTo >= day));
}

/// <summary>Which units a group means for a time: those listed, or all right under one unit.</summary>
internal sealed class UnitGroupPeriod
{
    public required string GroupCode { get; init; }

    public required DateOnly ValidFrom { get; init; }

    public DateOnly? ValidTo { get; set; }

    /// <summary>All commune-level units under this code, whatever they are on the day.</summary>
    public string? ParentCode { get; set; }

    public string[] UnitCodes { get; set; } = [];
}
