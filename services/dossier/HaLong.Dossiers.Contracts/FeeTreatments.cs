namespace HaLong.Dossiers.Contracts;

/// <summary>What becomes of fees that were paid for a withdrawn dossier.</summary>
public static class FeeTreatments
{
    /// <summary>Nothing was paid.</summary>
    public const string None = "none";

    /// <summary>To be given back: the dossier was not accepted yet, or its fees are refundable by rule.</summary>
    public const string Refund = "refund";

    /// <summary>Kept: by rule it is not given back.</summary>
    public const string Keep = "keep";

    /// <summary>No rule is known: somebody has to decide.</summary>
    public const string Review = "review";
}
