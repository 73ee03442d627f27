namespace HaLong.Identity.Staff;

/// <summary>What administrators look an official or helper up by; exists for every account that works for a unit.</summary>
internal sealed class StaffMember
{
    public required Guid AccountId { get; init; }

    /// <summary>Name and user name folded, for search without diacritics; also the order of lists.</summary>
    public required string SearchText { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public Guid? CreatedBy { get; init; }
}

/// <summary>The local day up to which beginnings and endings of assignments have been put into effect: one row.</summary>
internal sealed class StaffDay
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    public DateOnly Day { get; set; }
}
