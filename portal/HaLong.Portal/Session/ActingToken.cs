namespace HaLong.Portal.Session;

/// <summary>This request asks the API with another token than that of the visitor's own session, such as a partner system's.</summary>
internal sealed record ActingToken(string Value);
