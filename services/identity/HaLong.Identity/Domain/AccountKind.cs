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
