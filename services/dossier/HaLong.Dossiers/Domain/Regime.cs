namespace HaLong.Dossiers.Domain;

/// <summary>
/// The rules of the one-stop mechanism (cơ chế một cửa) under which a dossier is handled to its end: fixed by the local day of filing.
/// </summary>
internal static class Regime
{
    /// <summary>Decree 61/2018/NĐ-CP.</summary>
    public const string Oss2018 = "OSS-2018";

    /// <summary>Decree 118/2025/NĐ-CP: filing anywhere within the province.</summary>
    public const string Oss2025 = "OSS-2025";

    /// <summary>First day of the two-level local government and of Decree 118/2025.</summary>
    public static readonly DateOnly Reform = Dated.Reform;

    /// <summary>The regime of what is filed on a local day.</summary>
    public static string On(DateOnly day) => day < Reform ? Oss2018 : Oss2025;
}
