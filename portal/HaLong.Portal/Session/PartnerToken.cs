namespace HaLong.Portal.Session;

/// <summary>This request asks the API as a partner system and not as the visitor, whoever has signed in.</summary>
internal sealed record PartnerToken(string Value);
