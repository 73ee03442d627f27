using System.Globalization;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Files.Checks;

/// <summary>What a check found, in plain words: what is wrong and what to do about it.</summary>
internal static class CheckTexts
{
    private static readonly Dictionary<(string Code, string Reason), (string Vi, string En)> Texts = new()
    {
        [(CheckCode.Opens, "ok")] = ("Tệp mở được.", "The file opens."),
        [(CheckCode.Opens, "broken")] = ("Tệp bị hỏng, không mở được; hãy xuất hoặc chụp lại.", "The file is damaged and does not open; export or photograph it again."),
        [(CheckCode.Opens, "brokenPages")] = ("Không đọc được trang {0}; hãy xuất lại tệp.", "Page {0} cannot be read; export the file again."),
        [(CheckCode.Opens, "noPages")] = ("Tệp không có trang nào.", "The file has no pages."),
        [(CheckCode.Opens, "unavailable")] = ("Chưa kiểm tra được tệp; hệ thống sẽ kiểm tra lại.", "The file could not be looked at yet; this is tried again."),
        [(CheckCode.Encrypted, "ok")] = ("Tệp không đặt mật khẩu.", "The file has no password."),
        [(CheckCode.Encrypted, "password")] = ("Tệp có mật khẩu; hãy gỡ mật khẩu rồi tải lại.", "The file has a password; remove it and upload again."),
        [(CheckCode.Encrypted, "restricted")] = ("Tệp bị khóa in hoặc sao chép; hãy lưu lại thành PDF không khóa.", "Printing or copying is locked in the file; save it again as an unlocked PDF."),
        [(CheckCode.Size, "ok")] = ("Kích thước tệp bình thường.", "The file is of a normal size."),
        [(CheckCode.Size, "pages")] = ("Tệp có {0} trang, quá {1} trang; hãy tách nhỏ.", "The file has {0} pages, more than {1}; split it."),
        [(CheckCode.Size, "pixels")] = ("Ảnh quá lớn ({0} × {1} điểm ảnh); hãy giảm kích thước.", "The picture is too large ({0} × {1} pixels); make it smaller."),
        [(CheckCode.Size, "complex")] = ("Tệp quá phức tạp, không xử lý an toàn được; hãy in lại ra PDF hoặc chụp ảnh.", "The file is too complex to be handled safely; print it to PDF again or photograph it."),
        [(CheckCode.Active, "ok")] = ("Tệp không chứa mã chạy.", "The file carries nothing that runs."),
        [(CheckCode.Active, "javascript")] = ("Tệp chứa mã JavaScript; hãy in lại ra PDF thường.", "The file carries JavaScript; print it to a plain PDF."),
        [(CheckCode.Active, "launch")] = ("Tệp chứa lệnh mở chương trình khác; hãy in lại ra PDF thường.", "The file wants to start programs; print it to a plain PDF."),
        [(CheckCode.Active, "embedded")] = ("Tệp chứa tệp khác bên trong; hãy tải từng tệp riêng.", "The file has other files inside; upload each by itself."),
        [(CheckCode.Active, "xfa")] = ("Tệp là biểu mẫu động (XFA); hãy in ra PDF thường.", "The file is a dynamic form (XFA); print it to a plain PDF."),
        [(CheckCode.Active, "media")] = ("Tệp chứa âm thanh, phim hoặc nội dung tương tác; hãy in ra PDF thường.", "The file carries sound, film or interactive content; print it to a plain PDF."),
        [(CheckCode.Active, "send")] = ("Tệp chứa lệnh tự gửi dữ liệu đi nơi khác; hãy in ra PDF thường.", "The file wants to send data elsewhere; print it to a plain PDF."),
        [(CheckCode.Blank, "ok")] = ("Các trang đều có nội dung.", "All pages have content."),
        [(CheckCode.Blank, "all")] = ("Tệp trống, không có nội dung.", "The file is blank."),
        [(CheckCode.Blank, "some")] = ("Trang {0} trống; hãy xem lại có thiếu nội dung không.", "Page {0} is blank; see whether something is missing."),
        [(CheckCode.Legible, "ok")] = ("Nội dung rõ, đọc được.", "The content is legible."),
        [(CheckCode.Legible, "resolution")] = ("Trang {0} có độ phân giải thấp, có thể khó đọc; nên quét từ 200 dpi.", "Page {0} is of low resolution and may be hard to read; scan with 200 dpi or more."),
        [(CheckCode.Legible, "blurred")] = ("Trang {0} bị mờ; nên chụp lại, giữ chắc máy.", "Page {0} is blurred; take it again with a steady hand."),
        [(CheckCode.Legible, "faint")] = ("Trang {0} chữ quá nhạt; nên chụp lại nơi đủ sáng.", "Page {0} is very faint; take it again in better light."),
        [(CheckCode.Signature, "ok")] = ("Chữ ký điện tử hợp lệ.", "The electronic signature is valid."),
        [(CheckCode.Signature, "missing")] = ("Giấy tờ này phải có chữ ký điện tử; hãy ký rồi tải lại.", "This document must be signed electronically; sign it and upload again."),
        [(CheckCode.Signature, "invalid")] = ("Chữ ký điện tử không hợp lệ hoặc tệp đã bị sửa sau khi ký.", "The electronic signature is not valid, or the file was changed after it was signed."),
        [(CheckCode.Signature, "revoked")] = ("Chứng thư số của chữ ký đã bị thu hồi hoặc tạm dừng; hãy ký lại bằng chứng thư số còn hiệu lực.", "The certificate of the signature was revoked or suspended; sign again with one that is in force."),
        [(CheckCode.Signature, "unknown")] = ("Chưa xác định được chữ ký điện tử có hợp lệ hay không.", "It cannot be told whether the electronic signature is valid."),
        [(CheckCode.Signature, "unavailable")] = ("Chưa kiểm tra được chữ ký điện tử; hệ thống sẽ kiểm tra lại.", "The electronic signature could not be checked yet; this is tried again."),
        [(CheckCode.Malware, "ok")] = ("Không phát hiện mã độc.", "No malware was found."),
        [(CheckCode.Malware, "found")] = ("Tệp có mã độc ({0}); hãy quét thiết bị của bạn và dùng tệp khác.", "The file carries malware ({0}); scan your device and use another file."),
        [(CheckCode.Malware, "unavailable")] = ("Chưa quét được mã độc; hệ thống sẽ quét lại.", "The file could not be scanned for malware yet; this is tried again."),
    };

    /// <summary>The sentence in both languages.</summary>
    public static (string Vi, string En) Of(PreflightCheck check)
    {
        var (vi, en) = Texts.GetValueOrDefault((check.Code, check.Reason), (check.Reason, check.Reason));
        object[] places = [.. check.Details];
        return (string.Format(CultureInfo.InvariantCulture, vi, places), string.Format(CultureInfo.InvariantCulture, en, places));
    }

    /// <summary>True when there is a sentence for it.</summary>
    public static bool Knows(string code, string reason) => Texts.ContainsKey((code, reason));
}
