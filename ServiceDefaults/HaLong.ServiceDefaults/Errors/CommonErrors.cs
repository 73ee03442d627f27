namespace HaLong.ServiceDefaults;

/// <summary>Refusals that every service shares.</summary>
public static class CommonErrors
{
    /// <summary>The request could not be read.</summary>
    public static readonly Error BadRequest = new(ErrorKind.Validation, "CMN-0400", "Yêu cầu không hợp lệ.", "The request is not valid.");

    /// <summary>No token, or one that does not hold.</summary>
    public static readonly Error Unauthenticated = new(
        ErrorKind.Unauthenticated, "CMN-0401", "Bạn cần đăng nhập để thực hiện việc này.", "You need to sign in to do this.");

    /// <summary>The token is of a session that has ended, or says what is no longer true.</summary>
    public static readonly Error TokenVoid = new(
        ErrorKind.Unauthenticated, "CMN-1401", "Phiên đăng nhập đã kết thúc hoặc quyền đã thay đổi. Hãy đăng nhập lại.", "The session has ended or its rights have changed. Sign in again.");

    /// <summary>Signed in, but without the role or scope.</summary>
    public static readonly Error Forbidden = new(
        ErrorKind.Forbidden, "CMN-0403", "Bạn không có quyền thực hiện việc này.", "You are not allowed to do this.");

    /// <summary>Does not exist, or is not the caller's.</summary>
    public static readonly Error NotFound = new(ErrorKind.NotFound, "CMN-0404", "Không tìm thấy.", "Not found.");

    /// <summary>The path exists, the method does not.</summary>
    public static readonly Error MethodNotAllowed = new(
        ErrorKind.Validation, "CMN-0405", "Phương thức không được hỗ trợ.", "This method is not supported here.");

    /// <summary>Somebody else changed it first and the caller sent no If-Match.</summary>
    public static readonly Error LostRace = new(
        ErrorKind.Conflict, "CMN-0409", "Dữ liệu vừa được người khác thay đổi. Hãy tải lại và thử lại.", "Somebody else has just changed this. Reload and try again.");

    /// <summary>The revision in If-Match is stale.</summary>
    public static readonly Error StaleRevision = new(
        ErrorKind.PreconditionFailed, "CMN-0412", "Bạn đang sửa một phiên bản cũ. Hãy tải lại.", "You are changing an old revision. Reload it first.");

    /// <summary>The body is larger than allowed.</summary>
    public static readonly Error TooLarge = new(ErrorKind.TooLarge, "CMN-0413", "Nội dung gửi lên quá lớn.", "The body is too large.");

    /// <summary>The body is of a type that is not accepted here.</summary>
    public static readonly Error UnsupportedMedia = new(
        ErrorKind.UnsupportedMedia, "CMN-0415", "Loại nội dung không được chấp nhận.", "This content type is not accepted.");

    /// <summary>The idempotency key was used for another request.</summary>
    public static readonly Error KeyReused = new(
        ErrorKind.KeyReused, "CMN-0422", "Khóa Idempotency-Key đã được dùng cho một yêu cầu khác.", "This Idempotency-Key was used for another request.");

    /// <summary>Too many requests.</summary>
    public static readonly Error TooMany = new(
        ErrorKind.TooMany, "CMN-0429", "Bạn gửi quá nhiều yêu cầu. Hãy chờ một lát.", "Too many requests. Wait a moment.")
    { RetryAfterSeconds = 5 };

    /// <summary>A bug or broken infrastructure; details are in the log under the trace id.</summary>
    public static readonly Error Internal = new(
        (ErrorKind)(-1), "CMN-0500", "Hệ thống gặp lỗi. Vui lòng thử lại sau.", "Something went wrong on our side. Please try again later.");

    /// <summary>A service or server that this one needs is down.</summary>
    public static readonly Error Unavailable = new(
        ErrorKind.Unavailable, "CMN-0503", "Dịch vụ tạm thời gián đoạn. Dữ liệu của bạn không bị mất; hãy thử lại sau ít phút.",
        "The service is interrupted for the moment. Nothing of yours is lost; try again in a few minutes.")
    { RetryAfterSeconds = 5 };

    /// <summary>A service that this one needs did not answer in time.</summary>
    public static readonly Error Timeout = new(
        ErrorKind.Timeout, "CMN-0504", "Dịch vụ phản hồi quá chậm. Hãy thử lại sau ít phút.", "The service answered too slowly. Try again in a few minutes.")
    { RetryAfterSeconds = 5 };
}
