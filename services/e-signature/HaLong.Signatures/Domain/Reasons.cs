namespace HaLong.Signatures.Domain;

/// <summary>Stable words of validation reports. Clients may compare them; they never change their meaning.</summary>
internal static class Reasons
{
    public const string NoSignature = "NO_SIGNATURE";
    public const string EncryptedDocument = "ENCRYPTED_DOCUMENT";
    public const string UnreadableDocument = "UNREADABLE_DOCUMENT";
    public const string DamagedDocument = "DAMAGED_DOCUMENT";
    public const string MalformedSignature = "MALFORMED_SIGNATURE";
    public const string ByteRangeInvalid = "BYTE_RANGE_INVALID";
    public const string DigestMismatch = "DIGEST_MISMATCH";
    public const string SignatureMismatch = "SIGNATURE_MISMATCH";
    public const string SigningCertificateMismatch = "SIGNING_CERTIFICATE_MISMATCH";
    public const string KeyUsageForbidden = "KEY_USAGE_FORBIDDEN";
    public const string ChangedAfterSigning = "CHANGED_AFTER_SIGNING";
    public const string SignatureRemoved = "SIGNATURE_REMOVED";
    public const string CertificateMissing = "CERTIFICATE_MISSING";
    public const string UntrustedChain = "UNTRUSTED_CHAIN";
    public const string CertificateExpired = "CERTIFICATE_EXPIRED";
    public const string CertificateNotYetValid = "CERTIFICATE_NOT_YET_VALID";
    public const string WeakAlgorithm = "WEAK_ALGORITHM";
    public const string UnsupportedFormat = "UNSUPPORTED_FORMAT";

    /// <summary>The root or issuer stood on the list of those we trust, but not at the moment that matters.</summary>
    public const string IssuerWithdrawn = "ISSUER_WITHDRAWN";

    public const string CertificateRevoked = "CERTIFICATE_REVOKED";
    public const string CertificateSuspended = "CERTIFICATE_SUSPENDED";
    public const string TimeStampInvalid = "TIME_STAMP_INVALID";

    /// <summary>The issuer does not know of the certificate that bears its signature.</summary>
    public const string CertificateNotIssued = "CERTIFICATE_NOT_ISSUED";

    /// <summary>Nobody could be asked, and the file holds no answer: without one nothing is called valid.</summary>
    public const string RevocationUnavailable = "REVOCATION_UNAVAILABLE";

    /// <summary>A note: the time is the signer's claim, no authority vouches for it.</summary>
    public const string NoTimeStamp = "NO_TIME_STAMP";

    /// <summary>A note: the time-stamp is of an authority that we do not trust, and counts as none.</summary>
    public const string TimeStampUntrusted = "TIME_STAMP_UNTRUSTED";

    // The order is that of importance: the first one found explains the result to a person.
    private static readonly (string Word, Indication Indication, string Vi, string En)[] Table =
    [
        (DamagedDocument, Indication.Invalid, "Tệp đã bị hỏng hoặc bị sửa nên không đọc được chữ ký.",
            "The file is damaged or was altered, so its signature cannot be read."),
        (MalformedSignature, Indication.Invalid, "Chữ ký sai cấu trúc.", "The signature is malformed."),
        (ByteRangeInvalid, Indication.Invalid, "Chữ ký không bao phủ đúng nội dung tệp.",
            "The signature does not cover the file as it must."),
        (DigestMismatch, Indication.Invalid, "Nội dung tệp đã bị thay đổi sau khi ký.",
            "The content of the file was altered after it was signed."),
        (SignatureMismatch, Indication.Invalid, "Chữ ký không khớp với chứng thư số.", "The signature does not match its certificate."),
        (SigningCertificateMismatch, Indication.Invalid, "Chứng thư số kèm theo không phải chứng thư đã dùng để ký.",
            "The enclosed certificate is not the one that signed."),
        (KeyUsageForbidden, Indication.Invalid, "Chứng thư số không được phép dùng để ký.", "The certificate is not permitted to sign."),
        (ChangedAfterSigning, Indication.Invalid, "Tệp đã bị thay đổi sau khi ký.", "The file was changed after it was signed."),
        (SignatureRemoved, Indication.Invalid, "Tệp từng được ký nhưng chữ ký đã bị gỡ bỏ.",
            "The file was signed once, and the signature was taken off."),
        (TimeStampInvalid, Indication.Invalid, "Dấu thời gian không đúng với chữ ký.", "The time-stamp does not fit the signature."),
        (CertificateRevoked, Indication.Revoked, "Chứng thư số đã bị thu hồi và không có dấu thời gian chứng minh đã ký trước đó.",
            "The certificate was revoked, and no time-stamp proves an earlier signature."),
        (CertificateSuspended, Indication.Revoked, "Chứng thư số đang bị tạm dừng.", "The certificate is suspended."),
        (CertificateNotIssued, Indication.Unknown, "Nơi cấp không ghi nhận đã cấp chứng thư số này.",
            "The issuer has no record of this certificate."),
        (RevocationUnavailable, Indication.Unknown,
            "Chưa kiểm tra được chứng thư số có bị thu hồi hay không. Hãy thử lại sau.",
            "Whether the certificate was revoked cannot be checked at the moment. Try again later."),
        (WeakAlgorithm, Indication.Unknown, "Chữ ký dùng thuật toán không còn an toàn.",
            "The signature uses an algorithm that is no longer secure."),
        (CertificateMissing, Indication.Unknown, "Chữ ký không kèm chứng thư số của người ký.",
            "The signature does not enclose the signer's certificate."),
        (UntrustedChain, Indication.Unknown, "Không xác định được nơi cấp chứng thư số có đáng tin cậy hay không.",
            "The certificate was not issued by an authority that we trust."),
        (IssuerWithdrawn, Indication.Unknown,
            "Nơi cấp chứng thư số không còn được công nhận và không có dấu thời gian chứng minh đã ký trước đó.",
            "The issuer of the certificate is no longer recognised, and no time-stamp proves an earlier signature."),
        (CertificateExpired, Indication.Expired, "Chứng thư số đã hết hạn và không có dấu thời gian chứng minh đã ký trước đó.",
            "The certificate has expired and no time-stamp proves an earlier signature."),
        (CertificateNotYetValid, Indication.Unknown, "Chứng thư số chưa có hiệu lực.", "The certificate is not valid yet."),
        (UnsupportedFormat, Indication.Unknown, "Định dạng chữ ký chưa được hỗ trợ.", "The signature's format is not supported."),
        (EncryptedDocument, Indication.Unknown, "Tệp được bảo vệ bằng mật khẩu nên không kiểm tra được.",
            "The file is protected by a password and cannot be checked."),
        (UnreadableDocument, Indication.Unknown, "Tệp bị hỏng nên không đọc được.", "The file is damaged and cannot be read."),
        (NoSignature, Indication.Unknown, "Tệp không có chữ ký số.", "The file has no digital signature."),
    ];

    public static Indication IndicationOf(IEnumerable<string> reasons) =>
        Worst(reasons.Select(reason => Table.FirstOrDefault(row => row.Word == reason).Indication));

    /// <summary>Invalid outweighs revoked, then unknown, expired, valid: what is sure is said before what is not.</summary>
    public static Indication Worst(IEnumerable<Indication> indications) => indications.Append(Indication.Valid).MaxBy(Gravity);

    /// <summary>The same for one signature alone.</summary>
    public static (string Vi, string En) Summary(SignatureFinding finding) =>
        Summary(new ValidationReport(finding.Indication, finding.Reasons, finding.Indication == Indication.Valid ? [finding] : []));

    private static int Gravity(Indication indication) => indication switch
    {
        Indication.Invalid => 4,
        Indication.Revoked => 3,
        Indication.Unknown => 2,
        Indication.Expired => 1,
        _ => 0,
    };

    /// <summary>One sentence that a citizen understands.</summary>
    public static (string Vi, string En) Summary(ValidationReport report)
    {
        if (report.Indication == Indication.Valid)
            return report.Signatures.Count == 1
                ? ("Chữ ký hợp lệ: tệp còn nguyên vẹn và người ký được xác thực.",
                    "The signature is valid: the file is intact and the signer is authentic.")
                : ($"Cả {report.Signatures.Count} chữ ký đều hợp lệ: tệp còn nguyên vẹn và người ký được xác thực.",
                    $"All {report.Signatures.Count} signatures are valid: the file is intact and the signers are authentic.");
        var words = report.Reasons.Concat(report.Signatures.SelectMany(s => s.Reasons)).ToHashSet(StringComparer.Ordinal);
        var row = Table.First(r => words.Contains(r.Word));
        return (row.Vi, row.En);
    }
}
