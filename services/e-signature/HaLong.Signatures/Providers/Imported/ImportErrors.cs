using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Providers.Imported;

/// <summary>Refusals around certificates that officers bring along on their own tokens.</summary>
internal static class ImportErrors
{
    /// <summary>It is no certificate in PEM or Base64.</summary>
    public static readonly Error Unreadable = new(
        ErrorKind.Validation, "SIG-0421", "Không đọc được chứng thư số.", "The certificate cannot be read.");

    /// <summary>The chain does not end at a root that is trusted for officers.</summary>
    public static readonly Error Untrusted = new(
        ErrorKind.Validation, "SIG-0422", "Chứng thư số không thuộc tổ chức chứng thực được tin cậy cho công vụ.",
            "The certificate is not of an authority that is trusted for public service.");

    /// <summary>It has expired or is not valid yet.</summary>
    public static readonly Error NotValidNow = new(
        ErrorKind.Validation, "SIG-0423", "Chứng thư số đã hết hạn hoặc chưa có hiệu lực.", "The certificate has expired or is not valid yet.");

    /// <summary>It is not for signing documents.</summary>
    public static readonly Error WrongPurpose = new(
        ErrorKind.Validation, "SIG-0424", "Chứng thư số không dùng để ký tài liệu.", "The certificate is not for signing documents.");

    /// <summary>Its key or one of its signatures is too weak.</summary>
    public static readonly Error Weak = new(
        ErrorKind.Validation, "SIG-0425", "Chứng thư số dùng khóa hoặc thuật toán không còn an toàn.", "The certificate has a key or algorithm that is not secure any more.");

    /// <summary>The authority's list says that it is revoked.</summary>
    public static readonly Error Revoked = new(
        ErrorKind.Validation, "SIG-0426", "Chứng thư số đã bị thu hồi.", "The certificate was revoked.");

    /// <summary>The challenge was not signed with the certificate's key.</summary>
    public static readonly Error WrongProof = new(
        ErrorKind.Forbidden, "SIG-0427", "Chữ ký xác nhận không khớp với chứng thư số.", "The signature over the challenge does not fit the certificate.");

    /// <summary>The challenge does not exist, was used, or is too old.</summary>
    public static readonly Error ChallengeEnded = new(
        ErrorKind.Conflict, "SIG-0428", "Thử thách xác nhận đã hết hạn hoặc đã được dùng. Hãy yêu cầu lại.", "The challenge has ended or was used. Ask for another.");

    /// <summary>It is registered, for this or another officer.</summary>
    public static readonly Error Taken = new(
        ErrorKind.AlreadyExists, "SIG-0429", "Chứng thư số này đã được đăng ký.", "This certificate is registered already.");

    /// <summary>There is no such registration, or it is not the caller's to see.</summary>
    public static readonly Error NotFound = new(
        ErrorKind.NotFound, "SIG-0430", "Không tìm thấy chứng thư số đã đăng ký.", "There is no such registered certificate.");

    /// <summary>Not one signature per hash.</summary>
    public static readonly Error WrongCount = new(
        ErrorKind.Validation, "SIG-0431", "Cần đúng một chữ ký cho mỗi tài liệu.", "Exactly one signature for each document is needed.");

    /// <summary>A signature does not fit its hash and the certificate.</summary>
    public static readonly Error WrongSignature = new(
        ErrorKind.Validation, "SIG-0432", "Chữ ký không khớp với tài liệu hoặc chứng thư số.", "A signature does not fit its document or the certificate.");
}
