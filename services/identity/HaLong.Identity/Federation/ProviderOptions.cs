using System.ComponentModel.DataAnnotations;

namespace HaLong.Identity.Federation;

/// <summary>An identity provider that people may sign in through: <c>Federation:Providers:{name}</c>.</summary>
internal sealed class ProviderOptions
{
    public const string Section = "Federation:Providers";

    /// <summary>The provider's issuer address, which its discovery document stands under; its path may be given apart, as <see cref="Path"/>.</summary>
    [Required, Url]
    public string Authority { get; set; } = "";

    /// <summary>What follows the address of the authority, for example <c>/realms/city</c>.</summary>
    public string Path { get; set; } = "";

    public string Issuer => Path.Length == 0 ? Authority : Authority.TrimEnd('/') + Path;

    [Required]
    public string ClientId { get; set; } = "";

    public string? ClientSecret { get; set; }

    [Required]
    public string DisplayNameVi { get; set; } = "";

    [Required]
    public string DisplayNameEn { get; set; } = "";

    /// <summary>Scopes to ask for, separated by spaces.</summary>
    [Required]
    public string Scope { get; set; } = "openid profile";

    /// <summary>Values of the assurance claim, separated by spaces, that mean that the person was verified (level 2).</summary>
    [Required]
    public string VerifiedValues { get; set; } = "2";

    public ClaimMap ClaimMap { get; set; } = new();
}

/// <summary>Under which names the provider gives what is needed here; nothing else is read. The names are those of the national portal unless configured.</summary>
internal sealed class ClaimMap
{
    public string PersonalNumber { get; set; } = "SoDinhDanh";

    public string Name { get; set; } = "HoVaTen";

    public string BirthDate { get; set; } = "NgayThangNamSinh";

    public string Phone { get; set; } = "SoDienThoai";

    public string Email { get; set; } = "ThuDienTu";

    /// <summary>1 citizen, 2 enterprise, 3 organisation; a provider without this claim is taken to know citizens only.</summary>
    public string Kind { get; set; } = "LoaiTaiKhoan";

    public string Assurance { get; set; } = "loAs";

    public IEnumerable<string> Names => [PersonalNumber, Name, BirthDate, Phone, Email, Kind, Assurance];
}
