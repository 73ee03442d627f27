namespace HaLong.ServiceDefaults;

/// <summary>Role names in tokens.</summary>
public static class Roles
{
    /// <summary>A citizen (công dân).</summary>
    public const string Citizen = "citizen";

    /// <summary>An organisation (tổ chức, doanh nghiệp).</summary>
    public const string Organisation = "organisation";

    /// <summary>Files for others: post office, commune one-stop shop, youth volunteer.</summary>
    public const string Helper = "helper";

    /// <summary>Reception officer at the one-stop unit (cán bộ tiếp nhận).</summary>
    public const string Reception = "reception";

    /// <summary>Case officer (chuyên viên thụ lý).</summary>
    public const string Officer = "officer";

    /// <summary>Approver (lãnh đạo phê duyệt).</summary>
    public const string Approver = "approver";

    /// <summary>Cashier (thủ quỹ, thu phí).</summary>
    public const string Cashier = "cashier";

    /// <summary>Chief of the one-stop unit (người đứng đầu Bộ phận Một cửa).</summary>
    public const string Chief = "chief";

    /// <summary>Leader who reads statistics (lãnh đạo).</summary>
    public const string Leader = "leader";

    /// <summary>Auditor (kiểm tra, thanh tra).</summary>
    public const string Auditor = "auditor";

    /// <summary>Administrator (quản trị).</summary>
    public const string Administrator = "administrator";

    /// <summary>Every role of an official.</summary>
    public static readonly IReadOnlyList<string> OfOfficials = [Reception, Officer, Approver, Cashier, Chief, Leader, Auditor, Administrator];
}
