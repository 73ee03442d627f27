using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Domain;

/// <summary>Refusals of the e-signature service.</summary>
internal static class SignatureErrors
{
    /// <summary>A field of the request is missing or wrong.</summary>
    public static readonly Error InvalidRequest = new(
        ErrorKind.Validation, "SIG-0001", "Yêu cầu ký hoặc kiểm tra chữ ký thiếu thông tin hoặc không hợp lệ.",
            "The request to sign or validate is incomplete or not valid.");

    /// <summary>The file is not a PDF, judged by its content.</summary>
    public static readonly Error NotPdf = new(
        ErrorKind.UnsupportedMedia, "SIG-0002", "Tệp không phải là PDF.", "The file is not a PDF.");

    /// <summary>The document id was signed with other content before.</summary>
    public static readonly Error OtherContent = new(
        ErrorKind.KeyReused, "SIG-0003", "Mã tài liệu này đã được ký với nội dung khác.",
            "This document id was signed with other content before.");

    /// <summary>The PDF is cut off or broken.</summary>
    public static readonly Error Malformed = new(
        ErrorKind.Validation, "SIG-0004", "Tệp PDF bị hỏng hoặc bị cắt cụt nên không ký được.",
            "The PDF is broken or cut off and cannot be signed.");

    /// <summary>The PDF is protected by a password.</summary>
    public static readonly Error Encrypted = new(
        ErrorKind.Validation, "SIG-0005", "Tệp PDF được bảo vệ bằng mật khẩu nên không ký được.",
            "The PDF is protected by a password and cannot be signed.");

    /// <summary>The file is larger than the limit.</summary>
    public static readonly Error TooLarge = new(
        ErrorKind.TooLarge, "SIG-0006", "Tệp vượt quá dung lượng cho phép (50 MB).", "The file is larger than allowed (50 MB).");

    /// <summary>An earlier certification signature forbids every change.</summary>
    public static readonly Error Locked = new(
        ErrorKind.Conflict, "SIG-0007", "Tệp PDF đã được khóa bởi chữ ký trước và không cho phép ký thêm.",
            "An earlier signature locked the PDF and allows no further one.");

    /// <summary>An approver signs only as himself and for his own unit.</summary>
    public static readonly Error OtherUnit = new(
        ErrorKind.Forbidden, "SIG-0008", "Bạn chỉ được ký với tư cách của mình và cho đơn vị của mình.",
            "You may sign only as yourself and for your own unit.");

    /// <summary>The certificate authority has not been prepared, or its keys cannot be opened.</summary>
    public static readonly Error NotReady = new(
        ErrorKind.Unavailable, "SIG-0009", "Hệ thống chứng thư số chưa sẵn sàng. Hãy thử lại sau.",
            "The certificate authority is not ready. Try again later.")
    { RetryAfterSeconds = 30 };

    /// <summary>Too many validations at once.</summary>
    public static readonly Error Busy = new(
        ErrorKind.Unavailable, "SIG-0010", "Hệ thống đang kiểm tra quá nhiều tệp. Hãy thử lại sau ít giây.",
            "Too many files are being checked. Try again in a few seconds.")
    { RetryAfterSeconds = 5 };

    /// <summary>There is no certificate of that name.</summary>
    public static readonly Error UnknownCertificate = new(
        ErrorKind.NotFound, "SIG-0011", "Không có chứng thư số này.", "There is no such certificate.");

    /// <summary>There is no such seal, or it is not the caller's to manage.</summary>
    public static readonly Error SealNotFound = new(
        ErrorKind.NotFound, "SIG-0101", "Không tìm thấy con dấu điện tử này.", "There is no such seal.");

    /// <summary>The seal of the unit is suspended.</summary>
    public static readonly Error SealSuspended = new(
        ErrorKind.Conflict, "SIG-0102", "Con dấu điện tử của đơn vị đang bị tạm dừng nên chưa ký được.",
            "The seal of the unit is suspended, so nothing can be sealed for now.");

    /// <summary>The unit ceased to seal.</summary>
    public static readonly Error SealClosed = new(
        ErrorKind.Conflict, "SIG-0103", "Con dấu điện tử của đơn vị đã chấm dứt sử dụng.", "The unit has ceased to use its seal.");

    /// <summary>The reason or remark of a revocation is missing or wrong.</summary>
    public static readonly Error InvalidRevocation = new(
        ErrorKind.Validation, "SIG-0104", "Yêu cầu thu hồi hoặc tạm dừng con dấu thiếu thông tin hoặc không hợp lệ.",
            "The request to revoke or suspend a seal is incomplete or not valid.");

    /// <summary>Who suspended a seal does not bring it back himself.</summary>
    public static readonly Error SamePerson = new(
        ErrorKind.Forbidden, "SIG-0105", "Người đã tạm dừng con dấu không được tự mình khôi phục; cần người thứ hai.",
            "Who suspended a seal may not bring it back alone: a second person must.");

    /// <summary>The certificate was revoked before, and that is for ever.</summary>
    public static readonly Error AlreadyRevoked = new(
        ErrorKind.Conflict, "SIG-0106", "Chứng thư số của con dấu này đã bị thu hồi.", "The certificate of this seal was revoked before.");

    /// <summary>The seal is not suspended.</summary>
    public static readonly Error NotSuspended = new(
        ErrorKind.Conflict, "SIG-0107", "Con dấu điện tử này không bị tạm dừng.", "This seal is not suspended.");

    /// <summary>Seals are managed by leaders and administrators.</summary>
    public static readonly Error NotManager = new(
        ErrorKind.Forbidden, "SIG-0108", "Chỉ lãnh đạo và quản trị viên của đơn vị được quản lý con dấu điện tử.",
            "Only leaders and administrators of the unit manage its seal.");
}
