using HaLong.ServiceDefaults;

namespace HaLong.Portal.Pages;

/// <summary>Says what the platform is and where its API is described. It promises only what is there.</summary>
internal static class HomePage
{
    public static IResult Get(HttpContext context) => Text.IsEnglish
        ? Layout.Page(context, "HaLongServices: public services online", English)
        : Layout.Page(context, "HaLongServices: dịch vụ công trực tuyến", Vietnamese);

    private const string Vietnamese = """
            <h1>Dịch vụ công trực tuyến</h1>
            <p class="lead">HaLongServices là nền tảng để một thành phố giải quyết thủ tục hành chính trên môi trường mạng: từ lúc nộp hồ sơ đến khi có kết quả được ký số.</p>
            <section aria-labelledby="what">
              <h2 id="what">Nền tảng làm gì</h2>
              <ul>
                <li>Người dân, doanh nghiệp nộp hồ sơ kèm giấy tờ điện tử.</li>
                <li>Phí, lệ phí được nộp bằng mã VietQR.</li>
                <li>Cán bộ tiếp nhận, thụ lý, phê duyệt; kết quả được ký số.</li>
                <li>Mỗi bước đều được ghi lại và thông báo cho người nộp.</li>
              </ul>
              <p>Các việc trên hiện thực hiện qua giao diện lập trình (API). Trang web để nộp và theo dõi hồ sơ đang được xây dựng.</p>
            </section>
            <section aria-labelledby="developers">
              <h2 id="developers">Dành cho người phát triển</h2>
              <ul>
                <li><a href="/docs">Tài liệu API</a></li>
                <li><a href="/openapi/v1.json">Mô tả OpenAPI 3.1 (JSON)</a></li>
                <li><a href="/.well-known/openid-configuration">Cấu hình đăng nhập OpenID Connect (JSON)</a></li>
              </ul>
            </section>
        """;

    private const string English = """
            <h1>Public services online</h1>
            <p class="lead">HaLongServices is a platform on which a city handles administrative procedures online: from filing a dossier to a digitally signed result.</p>
            <section aria-labelledby="what">
              <h2 id="what">What it does</h2>
              <ul>
                <li>Citizens and businesses file dossiers with electronic documents.</li>
                <li>Fees are paid by VietQR code.</li>
                <li>Officers receive, process and approve; the result is digitally signed.</li>
                <li>Every step is recorded and told to the applicant.</li>
              </ul>
              <p>All this is done through the programming interface (API) today. Web pages to file and follow a dossier are being built.</p>
            </section>
            <section aria-labelledby="developers">
              <h2 id="developers">For developers</h2>
              <ul>
                <li><a href="/docs">API reference</a></li>
                <li><a href="/openapi/v1.json">OpenAPI 3.1 document (JSON)</a></li>
                <li><a href="/.well-known/openid-configuration">OpenID Connect sign-in configuration (JSON)</a></li>
              </ul>
            </section>
        """;
}
