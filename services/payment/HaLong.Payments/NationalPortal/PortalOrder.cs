using System.Globalization;
using HaLong.Payments.Banks;
using HaLong.Payments.Domain;

namespace HaLong.Payments.NationalPortal;

/// <summary>INIT: asks the platform to take a payer over. The names are the platform's.</summary>
internal sealed record PortalOrder(
    string LoaiBanTin, string PhienBan, string MaDoiTac, string MaThamChieu, string SoTien, string LoaiHinhThanhToan, string MaKenhThanhToan,
    string MaThietBi, string NgonNgu, string MaTienTe, string MaNganHang, string ThongTinGiaoDich, string ThoiGianGD, string Ip, PortalReceipt ThongTinBienLai)
{
    public const string Version = "1.0.6";

    public string MaXacThuc { get; private init; } = "";

    /// <param name="payment">What is to be paid.</param>
    /// <param name="attempt">The attempt: its number is the order's.</param>
    /// <param name="ip">Where the payer comes from; empty when nobody knows.</param>
    /// <param name="options">Who we are.</param>
    public static PortalOrder Of(PaymentRequest payment, PaymentAttempt attempt, string ip, PortalOptions options)
    {
        var order = new PortalOrder(
            "INIT", Version, options.Partner, attempt.OrderNumber!, attempt.Amount.ToString(CultureInfo.InvariantCulture), "PAY", "1", "1", "vi-VN", "VND", "PAYMENT",
            "Thanh toan " + payment.Reference, VietnameseTime.Write(attempt.CreatedAt, PortalCheckSum.TimeFormat), ip, PortalReceipt.Of(payment, attempt.Amount));
        return order with { MaXacThuc = PortalCheckSum.Of(options.Secret, order.Fields) };
    }

    private IReadOnlyList<string> Fields =>
    [
        LoaiBanTin, PhienBan, MaDoiTac, MaThamChieu, SoTien, LoaiHinhThanhToan, MaKenhThanhToan, MaThietBi, NgonNgu, MaTienTe, MaNganHang, ThongTinGiaoDich,
        ThoiGianGD, Ip,
    ];
}

/// <summary>ThongTinBienLai: what the platform prints on its receipt. Who pays is left out, because it is not known here: nobody stands in for him.</summary>
internal sealed record PortalReceipt(
    string MaDichVu, string MaDVC, string MaTTHC, string MaDonVi, string MaHoSo, string TKThuHuong, string MaNHThuHuong, string TenTKThuHuong,
    string NoiDungThanhToan, IReadOnlyList<PortalFee> PhiLePhi, IReadOnlyList<PortalLine> DSKhoanNop)
{
    public static PortalReceipt Of(PaymentRequest p, long amount) => new(
        "2", p.ProcedureCode + ".01", p.ProcedureCode, p.UnitCode, p.DossierCode, p.Beneficiary.Account, p.Beneficiary.Bin, p.Beneficiary.Name, p.Reference,
        // Phí and lệ phí each by its own line, as long as all of it is asked for.
        amount == p.Amount ? [.. p.Items.OrderBy(i => i.Line).Where(i => i.Amount > 0).Select(i => new PortalFee(i.Kind, Number(i.Line), i.NameVi, Number(i.Amount)))] : [],
        [new PortalLine(amount == p.Amount ? "Phí, lệ phí hồ sơ" : "Phần còn phải nộp", Number(amount))]);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One fee: phi or lePhi.</summary>
internal sealed record PortalFee(string LoaiPhiLePhi, string MaPhiLePhi, string TenPhiLePhi, string SoTien);

/// <summary>One line of what is paid.</summary>
internal sealed record PortalLine(string NoiDung, string SoTien);

/// <summary>QUERY and GET_BILL: ask about an order.</summary>
internal sealed record PortalQuestion(string LoaiBanTin, string PhienBan, string MaDoiTac, string MaThamChieu, string ThoiGianGD, string MaXacThuc)
{
    public const string Query = "QUERY";
    public const string Bill = "GET_BILL";

    public static PortalQuestion Of(string kind, string order, DateTimeOffset begun, PortalOptions options)
    {
        var time = VietnameseTime.Write(begun, PortalCheckSum.TimeFormat);
        return new(kind, PortalOrder.Version, options.Partner, order, time, PortalCheckSum.Of(options.Secret, kind, PortalOrder.Version, options.Partner, order, time));
    }
}
