namespace HaLong.Identity.Domain;

/// <summary>What an account stands for; also the word used on the wire.</summary>
internal static class AccountKind
{
    public const string Citizen = "citizen";
    public const string Organisation = "organisation";
    public const string Official = "official";
    public const string Helper = "helper";

    /// <summary>People of the public carry their kind as their only role; every other role belongs to an official.</summary>
    public static string OfRole(string role) => role is Citizen or Organisation or Helper ? role : Official;
}

/// <summary>Where a helper comes from.</summary>
internal static class HelperKinds
{
    /// <summary>An agent of the public post office.</summary>
    public const string PostOffice = "postOffice";

    /// <summary>An official of a commune's one-stop unit who helps beside the counter.</summary>
    public const string CommuneOneStop = "communeOneStop";

    /// <summary>A volunteer of the Youth Union.</summary>
    public const string YouthUnion = "youthUnion";

    public static readonly IReadOnlyList<string> All = [PostOffice, CommuneOneStop, YouthUnion];
}
