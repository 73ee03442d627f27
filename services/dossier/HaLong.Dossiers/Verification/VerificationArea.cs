namespace HaLong.Dossiers.Verification;

/// <summary>Verification of papers.</summary>
internal static class VerificationArea
{
    public static void AddVerification(this WebApplicationBuilder builder) => builder.Services.AddSingleton<PaperStatements>();
}
