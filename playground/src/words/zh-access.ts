import type { AccessWords } from './en-access.ts'

/** The words about the gateway in Chinese. */
export const zhAccess: AccessWords = {
  key: {
    title: '访问密钥',
    label: '本网关的访问密钥',
    why: '即网关主人设置的 WORKER_ACCESS_KEY，不是 OpenAI 或 fal 的密钥。只保存在这个浏览器里。',
    save: '使用这个密钥',
    change: '更换访问密钥',
    forget: '清除密钥',
    missing: '输入访问密钥即可开始。',
    wrong:
      '网关不接受这个密钥。请检查有没有漏字；网关主人可以在 Worker 的设置里找到它，名为 WORKER_ACCESS_KEY。',
    unconfigured: '网关在运行，但还没有配置好。',
    setSecret: '如果它是你的，请设置下面的密钥，然后重试：',
    mendVariable: (name) =>
      `如果它是你的，请改正 ${name}：它在 wrangler.jsonc 里，或在 Cloudflare 上 Worker 的设置里。然后重试。`,
    unreachable: '连不上网关。请检查网络后重试。',
    retry: '重试',
    show: '显示密钥',
    checking: '正在检查密钥…',
  },
  about: {
    title: '关于本网关',
    close: '关闭',
    on: '已启用',
    off: '未启用',
    unknown: '网关没有说明它有哪些功能。',
    how: '程序可以怎样调用它：',
    bindings: {
      ledger: {
        title: '账本',
        on: '重复发送的请求会接到第一次的任务上，不会付两次钱。任务列表、用量、限额和预算都可用。',
        off: '每个到达的请求都是一个新任务，包括因为没收到回答而重发的。没有任务列表、用量和预算。绑定一个 Durable Object 即可启用。',
      },
      images_bucket: {
        title: '图片存储桶',
        on: '设置 IMAGE_URLS=r2 后图片会复制到这里，链接比 fal 上的图片更长久。',
        off: 'fal 不再保存图片时，图片链接就失效。绑定一个 R2 存储桶并设置 IMAGE_URLS=r2 可以保留副本。这个网页上的图片总是保存在你的浏览器里。',
      },
      media: {
        title: '视频预览图',
        on: '每个视频都能取得缩略图和拼图。',
        off: '只有带首帧生成的视频才有缩略图，就是那一帧。把 Media Transformations 绑定为 MEDIA，所有视频两样都有。',
      },
      rate_limiter: {
        title: '限流',
        on: '失控的程序每分钟发出几百个请求（或所设的数目）后会被拦下。',
        off: '请求太快也没有人拦。如果很多人有密钥，建议绑定限流器。',
      },
      usage: {
        title: '用量数据',
        on: '每个完成的任务连同模型和费用写入 Analytics Engine。',
        off: '完成的任务只记在日志里。绑定 Analytics Engine 数据集即可统计。',
      },
      assets: {
        title: '这个网页',
        on: '网页的文件和网关部署在一起。',
        off: '网页的文件来自别处，网关自己没有。',
      },
    },
  },
  help: {
    content_policy_violation: '内容过滤器拒绝了。换个说法试试。',
    insufficient_quota:
      '不能再花钱了：你的访问密钥今天的预算，或网关的 fal 账户余额，已经用完。网关主人可以提高预算，或到 fal.ai/dashboard/billing 充值。',
    upstream_auth_failed: 'fal 不接受网关的密钥，需要网关主人检查 FAL_API_KEY。',
    upstream_failed: 'fal 出错了。如果下面说没有收费，可以重试；否则请先到 fal 查看。',
    rate_limit_exceeded: '眼下请求太多了，请稍后再试。',
    worker_not_configured: '网关还没有配置好。刷新本页可以看到缺什么。',
    job_cancelled: '已停止。没有开始的不收费。',
    job_not_found: '只有下单时的访问密钥能查到它。请在上方换成那个密钥。',
    model_not_found: '这个模型已经没有了，请换一个。',
    job_expired: 'fal 已不再保存这个结果。',
    job_timeout: '超过了网关等待的时间，请过一会儿刷新本页。',
    unreachable: '连不上网关。它已接下的任务会继续，刷新本页会再去查找。',
    page_closed: '网关接单之前页面就关闭了，不知道结果如何。',
    invalid_api_key: '网关不再接受这个访问密钥。请用上方的钥匙按钮换一个。',
  },
}
