using System.ComponentModel.DataAnnotations;

namespace HaLong.Signatures;

/// <summary>Section <c>Pki</c>.</summary>
internal sealed class PkiOptions
{
    public const string Section = "Pki";

    /// <summary>Encrypts the private keys in the database. Losing it loses the keys; changing it needs them to be encrypted
    /// again.</summary>
    [Required(ErrorMessage = "Pki:KeyPassword is missing.")]
    [MinLength(12, ErrorMessage = "Pki:KeyPassword must have at least 12 characters.")]
    public string KeyPassword { get; set; } = "";

    /// <summary>Organisation in the certificates.</summary>
    [Required(ErrorMessage = "Pki:Organisation is missing.")]
    [StringLength(64, ErrorMessage = "Pki:Organisation must have at most 64 characters.")]
    public string Organisation { get; set; } = "Dịch vụ công Hạ Long (thử nghiệm)";
}

/// <summary>Section <c>Validation</c>.</summary>
internal sealed class ValidationOptions
{
    public const string Section = "Validation";

    /// <summary>Files checked at one time by one replica: each may take 50 MB.</summary>
    [Range(1, 1000, ErrorMessage = "Validation:MaxConcurrent must be from 1 to 1000.")]
    public int MaxConcurrent { get; set; } = 4;

    /// <summary>How long a file waits for its turn.</summary>
    [Range(0, 60, ErrorMessage = "Validation:MaxWaitSeconds must be from 0 to 60.")]
    public int MaxWaitSeconds { get; set; } = 10;
}
