namespace HaLong.Identity.Consents;

/// <summary>What people are asked to agree to, or told about.</summary>
/// <param name="Purpose">Code of the purpose.</param>
/// <param name="Version">Version of the text.</param>
/// <param name="Name">In the language of the request.</param>
/// <param name="Text">In the language of the request; both languages are beside it, for they were agreed to together.</param>
/// <param name="TextVi">Vietnamese text.</param>
/// <param name="TextEn">English text.</param>
/// <param name="TextSha256">SHA-256 of the Vietnamese text, a line feed and the English text, UTF-8.</param>
/// <param name="LegalBasis">CONSENT, LEGAL_DUTY or PUBLIC_TASK.</param>
/// <param name="Source">Law behind the basis.</param>
/// <param name="Mandatory">True where there is no account without it.</param>
/// <param name="ValidFrom">First day of the text.</param>
internal sealed record PurposeView(
    string Purpose, int Version, string Name, string Text, string TextVi, string TextEn, string TextSha256, string LegalBasis, string Source, bool Mandatory,
    DateOnly ValidFrom)
{
    public static PurposeView Of(ConsentText t) => new(
        t.Purpose, t.Version, HaLong.ServiceDefaults.Text.Bilingual(t.NameVi, t.NameEn), HaLong.ServiceDefaults.Text.Bilingual(t.TextVi, t.TextEn), t.TextVi, t.TextEn, t.Sha256,
        t.LegalBasis, t.Source, t.Mandatory, t.ValidFrom);
}

/// <summary>Where the caller stands with a purpose.</summary>
/// <param name="Purpose">Code of the purpose.</param>
/// <param name="Name">In the language of the request.</param>
/// <param name="State">given, outdated, withdrawn, none; notNeeded where the law is the ground.</param>
/// <param name="CurrentVersion">Version of the text in force.</param>
/// <param name="TextVersion">Version of the text last agreed to.</param>
/// <param name="At">When it was given or withdrawn.</param>
/// <param name="LegalBasis">CONSENT, LEGAL_DUTY or PUBLIC_TASK.</param>
/// <param name="Mandatory">True where there is no account without it.</param>
internal sealed record ConsentView(
    string Purpose, string Name, string State, int CurrentVersion, int? TextVersion, DateTimeOffset? At, string LegalBasis, bool Mandatory)
{
    public static ConsentView Of(ConsentStanding s) => new(
        s.Text.Purpose, HaLong.ServiceDefaults.Text.Bilingual(s.Text.NameVi, s.Text.NameEn), s.State, s.Text.Version, s.Last?.TextVersion, s.Last?.At, s.Text.LegalBasis,
        s.Text.Mandatory);
}

/// <summary>Everything that proves what became of one purpose.</summary>
/// <param name="AccountId">Whose consents.</param>
/// <param name="Purpose">Code of the purpose.</param>
/// <param name="Lines">Every line of the ledger, oldest first.</param>
/// <param name="Texts">Every text that a line refers to.</param>
internal sealed record ConsentProofView(Guid AccountId, string Purpose, IReadOnlyList<ConsentLineView> Lines, IReadOnlyList<PurposeView> Texts);

/// <summary>A line of the ledger.</summary>
/// <param name="Id">Of the line.</param>
/// <param name="Granted">False for a withdrawal.</param>
/// <param name="TextVersion">The text shown.</param>
/// <param name="TextSha256">Its hash.</param>
/// <param name="At">When.</param>
/// <param name="Channel">online, counter or assisted.</param>
/// <param name="SessionId">In which session.</param>
/// <param name="ByAnother">True when a helper or official pressed the button.</param>
/// <param name="Evidence">Id of what else proves it.</param>
internal sealed record ConsentLineView(
    Guid Id, bool Granted, int TextVersion, string TextSha256, DateTimeOffset At, string Channel, Guid? SessionId, bool ByAnother, string? Evidence)
{
    public static ConsentLineView Of(Consent c) => new(
        c.Id, c.Granted, c.TextVersion, c.TextSha256, c.At, c.Channel, c.SessionId, c.ActorId != c.AccountId, c.Evidence);
}
