namespace HaLong.Dossiers.NationalPortal.Payloads;

// Names and their order are the portal's; the same dossier gives the same bytes.

/// <summary>The whole dossier as the portal is told it.</summary>
internal sealed record DongBoHoSo
{
    public required string MaHoSo { get; init; }
    public required string MaTTHC { get; init; }
    public required string TenTTHC { get; init; }
    public required string MaLinhVuc { get; init; }
    public string? TenLinhVuc { get; init; }

    /// <summary>1 at the counter, 2 online, 3 by the public post.</summary>
    public required string KenhThucHien { get; init; }

    public required string ChuHoSo { get; init; }

    /// <summary>0 citizen, 1 enterprise, 2 household; the platform does not tell households apart.</summary>
    public required string LoaiDoiTuong { get; init; }

    public string? Email { get; init; }
    public string? SoDienThoai { get; init; }
    public required string TrichYeuHoSo { get; init; }
    public required string NgayNopHoSo { get; init; }
    public string? NgayTiepNhan { get; init; }
    public string? NgayHenTra { get; init; }
    public required string TrangThaiHoSo { get; init; }
    public string? NgayTra { get; init; }
    public string? NgayTuChoi { get; init; }
    public string? NgayKetThucXuLy { get; init; }

    /// <summary>How the result reached its owner.</summary>
    public string? HinhThuc { get; init; }

    public required string DonViXuLy { get; init; }
    public required string NoiNopHoSo { get; init; }
    public required string HoSoCoThanhPhanSoHoa { get; init; }

    /// <summary>1 when the national identity system vouched for whoever filed it; null where that was not noted.</summary>
    public string? TaiKhoanDuocXacThucVoiVNeID { get; init; }

    /// <summary>0 no, 1 through the portal's payment platform, 2 through a gateway of the city's.</summary>
    public required string DuocThanhToanTrucTuyen { get; init; }

    /// <summary>Since when it has been in this state.</summary>
    public required string ThoiDiem { get; init; }

    public required IReadOnlyList<TaiLieuNop> TaiLieuNop { get; init; }
    public required IReadOnlyList<LePhi> DanhSachLePhi { get; init; }
    public required IReadOnlyList<HoSoBoSung> DanhSachHoSoBoSung { get; init; }
    public required IReadOnlyList<GiayToKetQua> DanhSachGiayToKetQua { get; init; }
}

/// <summary>A document that was handed in.</summary>
internal sealed record TaiLieuNop(
    string TepDinhKemId, string TenTepDinhKem, string IsDeleted, string MaThanhPhanHoSo, string DuongDanTaiTepTin, string DuocSoHoa, string DuocTaiSuDung);

/// <summary>A fee. Moment: 1 at receipt, 3 later.</summary>
internal sealed record LePhi(string TenPhiLePhi, string MaPhiLePhi, string HinhThucThu, string Gia, string LoaiPhiLePhi);

/// <summary>A request for a supplement, and its answer.</summary>
internal sealed record HoSoBoSung(string HoSoBoSungId, string NoiDungBoSung, string NgayBoSung, string HanBoSung, string? NgayTiepNhanBoSung);

/// <summary>A result.</summary>
internal sealed record GiayToKetQua(string TenGiayTo, string MaGiayToKetQua, string DuongDanTepTinKetQua);

/// <summary>One step of the timeline.</summary>
internal sealed record CapNhatTienDo
{
    public required string MaHoSo { get; init; }

    /// <summary>The hand, not the name: names of officials are nobody's business there.</summary>
    public required string NguoiXuLy { get; init; }

    public required string ChucDanh { get; init; }
    public required string ThoiDiemXuLy { get; init; }
    public required string PhongBanXuLy { get; init; }
    public required string NoiDungXuLy { get; init; }
    public required string TrangThai { get; init; }
    public required string NgayBatDau { get; init; }
    public string? NgayKetThucTheoQuyDinh { get; init; }
}

/// <summary>The state alone.</summary>
internal sealed record CapNhatTrangThai(string MaHoSo, string TrangThai, string ThoiDiem);
