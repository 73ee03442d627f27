namespace HaLong.Identity.Units;

/// <summary>Where dossiers are taken in and results handed out: one-stop units, centres, post offices.</summary>
internal sealed class ReceivingPlace
{
    public const string ProvincialCentre = "provincialCentre";
    public const string CityCentre = "cityCentre";
    public const string CommuneCentre = "communeCentre";
    public const string CommuneOneStop = "communeOneStop";
    public const string PostOffice = "postOffice";
    public const string LandRegistryBranch = "landRegistryBranch";

    public static readonly IReadOnlyList<string> Kinds = [ProvincialCentre, CityCentre, CommuneCentre, CommuneOneStop, PostOffice, LandRegistryBranch];

    /// <summary>Those that are an office of their unit and end with it; a post office does not.</summary>
    public static readonly IReadOnlyList<string> OfUnit = [ProvincialCentre, CityCentre, CommuneCentre, CommuneOneStop];

    /// <summary>At the place itself, on the portal, through the public post; internal: from other authorities only.</summary>
    public static readonly IReadOnlyList<string> Ways = ["direct", "online", "post", "internal"];

    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string NameVi { get; set; }

    public required string NameEn { get; set; }

    public required string UnitId { get; init; }

    /// <summary>Null where the opening day is not known.</summary>
    public DateOnly? ValidFrom { get; set; }

    public DateOnly? ValidTo { get; set; }

    /// <summary>The name is generic because the real one is not known.</summary>
    public bool IsAssumed { get; set; }

    public string[] Receives { get; set; } = [];

    /// <summary>Identification code of the agency, for exchange with the national axis; null where not known.</summary>
    public string? AgencyCode { get; set; }

    public string? SeatVi { get; set; }

    public string? Note { get; set; }

    /// <summary>Added or changed by an administrator or a reorganisation: the data file no longer decides about it.</summary>
    public bool IsChangedHere { get; set; }

    public uint Version { get; private set; }
}
